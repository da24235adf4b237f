"""RECOGNISE: plan.toml in, Layout out; Document and Layout in, Plan and findings out."""
