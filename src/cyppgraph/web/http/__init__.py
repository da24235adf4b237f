"""What every answer has to do with HTTP: formats, validators, problems, admission, logs, health."""
