-- Makes the configuration of the mock out of results.jsonl, which holds a good
-- reply to each request of a job: a rule a brief, found by its number.  Rules are
-- tried from the last to the first; JSON is YAML.
--
-- The first request is answered with 500, and the first reply to brief 2 lacks
-- its preview, so that a retry and a correction are asked for.  ('' || makes
-- text of what would be taken for JSON.)
.mode list
CREATE TEMP TABLE lines(line TEXT);
.separator "\001" "\n"
.import results.jsonl lines
CREATE TEMP TABLE results AS
    SELECT line ->> '$.custom_id' AS id,
           json_set(line -> '$.response.body',
                    '$.id', 'chatcmpl-{{timestamp}}',
                    '$.model', '{{jmes request body.model}}') AS reply,
           line ->> '$.response.body.choices[0].message.content' AS content
      FROM lines;

CREATE TEMP TABLE rules(ordinal INTEGER PRIMARY KEY, rule TEXT);
INSERT INTO rules(rule)
SELECT json_object('path', '^/v1/chat/completions$', 'method', 'POST',
                   'match', 'contains(join('' '', body.messages[?role==''user''].content), ''{"brief":' ||
                       (content ->> '$.meetings[0].brief') || ','')',
                   'response', json_object('status', 200, 'content', reply))
  FROM results ORDER BY id;
INSERT INTO rules(rule)
SELECT json_object('path', '^/v1/chat/completions$', 'method', 'POST',
                   'match', 'length(body.messages) == `2` && contains(body.messages[1].content, ''{"brief":2,'')',
                   'response', json_object('status', 200, 'content', '' ||
                       json_set(reply, '$.choices[0].message.content', '' ||
                                json_remove(content, '$.meetings[0].preview'))))
  FROM results WHERE content ->> '$.meetings[0].brief' = 2;
INSERT INTO rules(rule) VALUES
    (json_object('path', '^/v1/chat/completions$', 'method', 'POST', 'sequence', 0,
                 'response', json_object('status', 500, 'content',
                     '{"error":{"message":"Not yet.","type":"server_error","param":null,"code":null}}')));
SELECT json_object('rules', (SELECT json_group_array(json(rule)) FROM rules));
