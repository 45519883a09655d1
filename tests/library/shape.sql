-- What a document of the library has: a line for each that is out of bounds.
-- Run by sqlite3 with the documents in document(json).
WITH list(at, least, most) AS (VALUES
    ('$.priority_framework', 3, 5),
    ('$.importance_criteria.always_important', 8, 15),
    ('$.importance_criteria.usually_important', 8, 15),
    ('$.importance_criteria.sometimes_important', 8, 15),
    ('$.importance_criteria.rarely_important', 4, 10),
    ('$.rsvp_rules.always_accept', 4, 8),
    ('$.rsvp_rules.conditional', 4, 8),
    ('$.rsvp_rules.decline_by_default', 4, 8),
    ('$.rsvp_rules.always_decline', 4, 8),
    ('$.prep_time_needs.requires_prep', 4, 8),
    ('$.prep_time_needs.optional_prep', 4, 8),
    ('$.prep_time_needs.no_prep', 4, 8),
    ('$.archetypes', 12, 60),
    ('$.threads', 1, 12))
SELECT json ->> '$.id' || ': ' || substr(at, 3) || ' has ' ||
       coalesce(json_array_length(json, at), 0) || ', wanted ' || least ||
       ' to ' || most
FROM document, list
WHERE coalesce(json_array_length(json, at), 0) NOT BETWEEN least AND most
UNION ALL
SELECT json ->> '$.id' || ': accuracy_gate is ' ||
       coalesce(json ->> '$.accuracy_gate', 'missing')
FROM document
WHERE json ->> '$.accuracy_gate' IS NOT
      CASE json ->> '$.tier' WHEN 3 THEN 0.75 ELSE 0.85 END
UNION ALL
SELECT json ->> '$.id' || ': the id does not say role and tier'
FROM document
WHERE json ->> '$.id' NOT LIKE
      iif(json ->> '$.role' = 'validation', 'validation',
          'tier' || (json ->> '$.tier')) || '\_%' ESCAPE '\'
UNION ALL
SELECT count(*) || ' training personas of tier ' || (json ->> '$.tier')
FROM document
WHERE json ->> '$.role' = 'train'
GROUP BY json ->> '$.tier'
HAVING count(*) <> CASE json ->> '$.tier' WHEN 1 THEN 12 WHEN 2 THEN 10 ELSE 8 END;
