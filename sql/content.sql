-- The hashes of what is alive at HEAD.

-- name: content_get
SELECT state FROM content WHERE persona = :persona AND noun = :noun;

-- name: content_put
INSERT INTO content (persona, noun, state) VALUES (:persona, :noun, :state)
ON CONFLICT (persona, noun) DO UPDATE SET state = excluded.state;

-- name: content_delete
DELETE FROM content WHERE persona = :persona AND noun = :noun;
