# Normalization, phase 1: types and component properties that follow from how a cube is written.
# Written after the RDF Data Cube Vocabulary, W3C Recommendation 16 January 2014, section "Normalization algorithm", phase 1
# (https://www.w3.org/TR/vocab-data-cube/#normalize-algorithm, copyright W3C).

PREFIX qb: <http://purl.org/linked-data/cube#>

INSERT { ?observation a qb:Observation } WHERE { ?slice qb:observation ?observation } ;
INSERT { ?observation a qb:Observation } WHERE { ?observation qb:dataSet ?dataset } ;
INSERT { ?dataset a qb:DataSet } WHERE { ?observation qb:dataSet ?dataset } ;
INSERT { ?slice a qb:Slice } WHERE { ?dataset qb:slice ?slice } ;
INSERT { ?component qb:componentProperty ?property . ?property a qb:DimensionProperty }
WHERE { ?component qb:dimension ?property } ;
INSERT { ?component qb:componentProperty ?property . ?property a qb:MeasureProperty }
WHERE { ?component qb:measure ?property } ;
INSERT { ?component qb:componentProperty ?property . ?property a qb:AttributeProperty }
WHERE { ?component qb:attribute ?property }
