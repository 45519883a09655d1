# Over TLS: who is not known is asked nothing.
# needs: openssl

$ . "$SOURCE/tests/llm/serve.sh"; . "$SOURCE/tests/cli/model-masked.sh"; . "$SOURCE/tests/cli/endpoint.sh"
$ datebook init -q
Made datebook.db with 8 personas.
$ p=tier1_sales_manager_pipeline

$ "$SOURCE/tests/llm/certificates" certificates
$ export OPENAI_API_KEY=sk-proof-0123456789

# Certificates of a CA that is named.

$ serve --tls certificates < /dev/null
$ ask 3 --ca-file certificates/ca.pem
v2: 3 meetings for 1 persona, labelled
writer: 1 call, N tokens of prompts and M of replies, cost not known
$ logged "e ->> '$.headers.authorization'"
Bearer sk-proof-0123456789

# By its address too.

$ both datebook generate --persona $p --count 3 --seed 2 --provider openai --model writer --base-url https://127.0.0.1:$PORT/v1 --ca-file certificates/ca.pem -q
v3: 3 meetings for 1 persona, labelled
writer: 1 call, N tokens of prompts and M of replies, cost not known
$ served calls
2

# The same without it: nobody knows this CA.

$ ask 3 --seed 3 | sed 's/:[0-9]\{4,5\}:/:PORT:/'
datebook: cannot trust localhost:PORT: SSL certificate problem: unable to get local issuer certificate; 0 of 3 meetings are written and kept (1 call)
hint: check the host, and which certificates are trusted; others can be named as a CA file; `datebook generate --resume --base-url https://localhost:PORT/v1` goes on
$ served calls
2
$ again --ca-file certificates/other/ca.pem | sed 's/:[0-9]\{4,5\}:/:PORT:/'
datebook: cannot trust localhost:PORT: SSL certificate problem: unable to get local issuer certificate; 0 of 3 meetings are written and kept (2 calls)
hint: check the host, and which certificates are trusted; others can be named as a CA file; `datebook generate --resume --base-url https://localhost:PORT/v1 --ca-file certificates/other/ca.pem` goes on
$ again --ca-file nowhere.pem
datebook: cannot read certificates from nowhere.pem; 0 of 3 meetings are written and kept (3 calls)
hint: check the host, and which certificates are trusted; others can be named as a CA file; `datebook generate --resume --base-url https://localhost:PORT/v1 --ca-file nowhere.pem` goes on
? 5
$ echo "$PRICES" > prices.json
$ again --ca-file prices.json
datebook: cannot read certificates from prices.json; 0 of 3 meetings are written and kept (4 calls)
hint: check the host, and which certificates are trusted; others can be named as a CA file; `datebook generate --resume --base-url https://localhost:PORT/v1 --ca-file prices.json` goes on
? 5
$ served calls
2
$ again --ca-file certificates/ca.pem
v4: 3 meetings for 1 persona, labelled
writer: 5 calls, N tokens of prompts and M of replies, cost not known
4 retries
$ served calls
3
$ serve_stop

# Another name, another CA, both: no request at the server.

$ for which in name stranger wrong; do serve --tls certificates/$which < /dev/null; ask 3 --seed 4 --ca-file certificates/ca.pem | sed 's/; .*//; s/:[0-9]\{4,5\}:/:PORT:/'; served calls; wc -c < $LOG; serve_stop; datebook requests discard -q > out; done
datebook: cannot trust localhost:PORT: SSL: no alternative certificate subject name matches target host name 'localhost'
hint: check the host, and which certificates are trusted
0
0
datebook: cannot trust localhost:PORT: SSL certificate problem: unable to get local issuer certificate
hint: check the host, and which certificates are trusted
0
0
datebook: cannot trust localhost:PORT: SSL certificate problem: unable to get local issuer certificate
hint: check the host, and which certificates are trusted
0
0

# Plain HTTP where TLS is spoken.

$ serve --tls certificates < /dev/null
$ URL=http://localhost:$PORT/v1; ask 3 --seed 5 | sed 's/localhost:[0-9]*:.*; /HOST: WHY; /'
datebook: request 7 failed 3 times: HOST: WHY; 0 of 3 meetings are written and kept (3 calls)
hint: `datebook generate --resume --base-url http://localhost:PORT/v1` goes on
$ served calls
0
$ serve_stop
$ datebook requests discard -q > out
$ datebook verify --deep | sed 's/:.*//'
datebook.db is sound
