# Normalization, phase 2: values attached to data sets and slices are pushed down to their observations.
# Written after the RDF Data Cube Vocabulary, W3C Recommendation 16 January 2014, section "Normalization algorithm", phase 2
# (https://www.w3.org/TR/vocab-data-cube/#normalize-algorithm, copyright W3C).

PREFIX qb: <http://purl.org/linked-data/cube#>

INSERT { ?observation ?property ?value }
WHERE {
  ?component qb:componentProperty ?property ; qb:componentAttachment qb:DataSet .
  ?dataset qb:structure/qb:component ?component ; ?property ?value .
  ?observation qb:dataSet ?dataset .
} ;
INSERT { ?observation ?property ?value }
WHERE {
  ?component qb:componentProperty ?property ; qb:componentAttachment qb:Slice .
  ?dataset qb:structure/qb:component ?component ; qb:slice ?slice .
  ?slice ?property ?value ; qb:observation ?observation .
} ;
INSERT { ?observation ?property ?value }
WHERE {
  ?component qb:componentProperty ?property .
  ?property a qb:DimensionProperty .
  ?dataset qb:structure/qb:component ?component ; qb:slice ?slice .
  ?slice ?property ?value ; qb:observation ?observation .
}
