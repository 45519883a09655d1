# Redirects are not followed: another host gets neither texts nor key.

$ . "$SOURCE/tests/llm/serve.sh"; . "$SOURCE/tests/cli/model-masked.sh"; . "$SOURCE/tests/cli/endpoint.sh"
$ datebook init -q
Made datebook.db with 8 personas.
$ p=tier1_sales_manager_pipeline

$ serve
$ other=$LOG; elsewhere=http://localhost:$PORT/v1
$ serve <<END
> always redirect=$elsewhere/chat/completions
> END
$ OPENAI_API_KEY=key-of-one-host ask 20 --concurrency 1
datebook: the endpoint redirects to localhost; redirects are not followed; 0 of 20 meetings are written and kept (1 call)
hint: name the URL at which the service itself answers, with https: where it wants that; `datebook generate --resume --base-url http://127.0.0.1:PORT/v1` goes on
? 5
$ served calls
1
$ wc -c < $other
0
$ grep -c key-of-one-host $other
0
? 1
$ grep -c 'Bearer key-of-one-host' $LOG
1
$ serve_stop
$ datebook requests discard
gave up job 1: 0 of 20 meetings were written
1 call

# Nor with other codes, or to another path of the same host.

$ for status in 301 302 303 308; do echo "always redirect=$elsewhere/chat/completions status=$status" > script; serve script; OPENAI_API_KEY=key-of-one-host ask 3 | sed -n 1p; served calls; serve_stop; datebook requests discard -q > /dev/null; done
datebook: the endpoint redirects to localhost; redirects are not followed; 0 of 3 meetings are written and kept (1 call)
1
datebook: the endpoint redirects to localhost; redirects are not followed; 0 of 3 meetings are written and kept (1 call)
1
datebook: the endpoint redirects to localhost; redirects are not followed; 0 of 3 meetings are written and kept (1 call)
1
datebook: the endpoint redirects to localhost; redirects are not followed; 0 of 3 meetings are written and kept (1 call)
1
$ serve <<END
> always redirect=/v2/chat/completions
> END
$ ask 3 | sed -n 1p
datebook: the endpoint redirects; redirects are not followed; 0 of 3 meetings are written and kept (1 call)
$ served calls
1
$ wc -c < $other
0
$ datebook requests discard -q
gave up job 6: 0 of 3 meetings were written
1 call
$ datebook verify --deep | sed 's/:.*//'
datebook.db is sound
