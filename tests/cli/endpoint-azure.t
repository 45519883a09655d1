# Azure OpenAI: both forms of its URLs, and its own header.

$ . "$SOURCE/tests/llm/serve.sh"; . "$SOURCE/tests/cli/model-masked.sh"; . "$SOURCE/tests/cli/endpoint.sh"
$ datebook init -q
Made datebook.db with 8 personas.
$ p=tier1_sales_manager_pipeline

$ serve
$ export AZURE_OPENAI_API_KEY=azure-0123456789abcdef AZURE_OPENAI_ENDPOINT=$AZURE
$ azure() { both datebook generate --persona $p --count 3 --provider azure "$@" -q; logged "e ->> 'path', e ->> 'query', e ->> '$.body.model', e ->> '$.headers.api-key', e ->> '$.headers.authorization'" | tail -n 1; }
$ azure --model writer-eu
v2: 3 meetings for 1 persona, labelled
writer-eu: 1 call, N tokens of prompts and M of replies, cost not known
/openai/v1/chat/completions||writer-eu|azure-0123456789abcdef|
$ azure --model writer-eu --api-version 2024-10-21 --seed 2
v3: 3 meetings for 1 persona, labelled
writer-eu: 1 call, N tokens of prompts and M of replies, cost not known
/openai/deployments/writer-eu/chat/completions|api-version=2024-10-21|writer-eu|azure-0123456789abcdef|
$ OPENAI_API_VERSION=2024-08-01-preview azure --model writer-eu --seed 3
v4: 3 meetings for 1 persona, labelled
writer-eu: 1 call, N tokens of prompts and M of replies, cost not known
/openai/deployments/writer-eu/chat/completions|api-version=2024-08-01-preview|writer-eu|azure-0123456789abcdef|
$ OPENAI_API_VERSION=2024-08-01-preview azure --model writer-eu --seed 4 --api-version preview
v5: 3 meetings for 1 persona, labelled
writer-eu: 1 call, N tokens of prompts and M of replies, cost not known
/openai/v1/chat/completions|api-version=preview|writer-eu|azure-0123456789abcdef|
$ AZURE_OPENAI_DEPLOYMENT=named azure --seed 5
v6: 3 meetings for 1 persona, labelled
named: 1 call, N tokens of prompts and M of replies, cost not known
/openai/v1/chat/completions||named|azure-0123456789abcdef|

# As it stands on a page of the portal: the whole URL.

$ AZURE_OPENAI_ENDPOINT= azure --seed 6 --base-url "$AZURE/openai/deployments/pasted/chat/completions?api-version=2024-10-21" --model pasted
v7: 3 meetings for 1 persona, labelled
pasted: 1 call, N tokens of prompts and M of replies, cost not known
/openai/deployments/pasted/chat/completions|api-version=2024-10-21|pasted|azure-0123456789abcdef|
$ AZURE_OPENAI_ENDPOINT= azure --seed 7 --base-url $AZURE/openai/v1/ --model pasted
v8: 3 meetings for 1 persona, labelled
pasted: 1 call, N tokens of prompts and M of replies, cost not known
/openai/v1/chat/completions||pasted|azure-0123456789abcdef|
$ served violations
0

$ serve_stop

# Its filter: of the prompt, of the reply.

$ serve <<END
> filter-input
> content_filter
> END
$ AZURE_OPENAI_ENDPOINT=$AZURE both datebook generate --persona $p --count 3 --provider azure --model writer-eu --seed 8
v9: 3 meetings for 1 persona, labelled
writer-eu: 3 calls, N tokens of prompts and M of replies, cost not known
2 of 9 texts rejected
$ datebook requests list --state refused --json | grep -o '"note":"[^"]*"'
"note":"HTTP 400: The response was filtered"
"note":"a content filter stopped the reply"
$ serve_stop

# Its key and no other: that of the other provider is not taken.

$ unset AZURE_OPENAI_API_KEY
$ OPENAI_API_KEY=sk-other AZURE_OPENAI_ENDPOINT=$AZURE both datebook generate --persona $p --count 3 --provider azure --model writer-eu --seed 9 | sed 's/:[0-9]*$/:PORT/'
datebook: there is no key for 127.0.0.1:PORT
hint: set AZURE_OPENAI_API_KEY, or name a file that holds the key
$ datebook verify --deep | sed 's/:.*//'
datebook.db is sound
