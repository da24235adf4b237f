"""RECONCILE: names in, the things that they may mean out, as OpenRefine asks (W3C Entity Reconciliation API).

The manifest is at ``/reconcile`` for version 0.2 and at ``/reconcile/1.0`` for the draft of 1.0.
"""

from cyppgraph.web.reconciliation.blueprint import make_reconciliation
from cyppgraph.web.reconciliation.indexes import Indexes

__all__ = ["Indexes", "make_reconciliation"]
