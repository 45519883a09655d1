-- Sums over the tables that no other hash covers; src/store/seal.c keeps them.

-- name: seal_get
SELECT sum FROM seal WHERE name = :name;

-- name: seal_put
INSERT INTO seal (name, sum) VALUES (:name, :sum)
ON CONFLICT (name) DO UPDATE SET sum = excluded.sum;
