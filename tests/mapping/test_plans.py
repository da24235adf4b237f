from cyppgraph.mapping import map_plan


def test_maps_a_plan(make_plan, ns, authorities):
    assert len(map_plan(make_plan(), ns, authorities)) > 500
