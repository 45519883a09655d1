# What goes with a model and what does not; nothing is asked for any of it.

$ datebook init -q
Made datebook.db with 8 personas.
$ model="--provider openai --model x --base-url http://127.0.0.1:1/v1"

$ datebook generate --all --provider nobody
! datebook: --provider knows offline, openai, azure and batch, not "nobody"
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --all --provider openai
! datebook: --provider openai needs --model NAME
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --all --provider azure
! datebook: --provider azure needs --model DEPLOYMENT
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --all --model x
! datebook: --model goes with --provider openai, azure or batch
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --all --provider offline --estimate
! datebook: --estimate goes with --provider openai, azure or batch
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --all --resume
! datebook: --all does not go with --resume: the job goes on as it was started
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --all --partial
! datebook: --partial goes with --resume or --batch-in
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --all --batch-in x
! datebook: --all does not go with --batch-in: nothing is asked
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --all --batch-out x
! datebook: --batch-out goes with --provider batch
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --all --batch-errors x
! datebook: --batch-errors goes with --batch-in
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --all $model --batch-out x
! datebook: --batch-out goes with --provider batch
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --all $model --partial
! datebook: --partial goes with --resume or --batch-in
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --all --provider batch --model x
! datebook: --provider batch needs --batch-out FILE
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --all --provider batch --model x --batch-out ''
! datebook: --batch-out needs the name of a file
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --all --provider batch --model x --batch-out x --timeout 3
! datebook: --timeout does not go with --provider batch
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --all $model --temperature 2.5
! datebook: --temperature takes a number from 0 to 2 with 2 decimals at most, not "2.5"
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --all $model --temperature warm
! datebook: --temperature takes a number from 0 to 2 with 2 decimals at most, not "warm"
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --all $model --temperature 0.123
! datebook: --temperature takes a number from 0 to 2 with 2 decimals at most, not "0.123"
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --all $model --per-call 0
! datebook: --per-call takes a whole number from 1 to 50, not "0"
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --all $model --candidates 0
! datebook: --candidates takes a whole number from 1 to 100, not "0"
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --all $model --concurrency 0
! datebook: --concurrency takes a whole number from 1 to 1024, not "0"
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --all $model --rpm many
! datebook: --rpm takes a whole number from 1 to 1000000000, not "many"
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --all $model --timeout 0
! datebook: --timeout takes a whole number from 1 to 86400, not "0"
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --all $model --max-cost 1,5
! datebook: --max-cost takes a number from 0 to 100000 with 6 decimals at most, not "1,5"
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --all $model --max-cost 0
! datebook: --max-cost of nothing asks for nothing
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --all $model --max-cost 1
! datebook: --max-cost needs a price, and nobody knows that of x
! hint: --prices FILE tells it; --max-tokens needs none
? 2
$ datebook generate --all $model --max-cost 1 --prices nowhere.json
! datebook: cannot read nowhere.json: No such file or directory
? 3
$ datebook generate --all $model --language ''
! datebook: --language takes a name of 1 to 60 bytes on one line
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --all $model --prompts nowhere
! datebook: cannot read nowhere/prompts/system.txt: No such file or directory
? 3
$ datebook generate --all $model --key-file nowhere
! datebook: cannot read the key file nowhere: No such file or directory
? 3
$ datebook generate --all $model --count 1 --weeks 1
! datebook: --count and --weeks exclude each other
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate $model
! datebook: say for whom, with one of --persona, --tier, --all
! hint: `datebook generate --help` shows how it is used
? 2
$ datebook generate --resume
! datebook: no job is open in datebook.db
! hint: `datebook generate --provider openai --model NAME --all` starts one
? 3
$ datebook generate --batch-in x
! datebook: no job is open in datebook.db
! hint: `datebook generate --provider openai --model NAME --all` starts one
? 3
$ datebook generate --all --provider openai --model x
! datebook: there is no key for api.openai.com
! hint: set OPENAI_API_KEY, or name a file that holds the key
? 2
$ datebook generate --all --provider azure --model x
! datebook: it is not said which Azure OpenAI resource to use
! hint: set AZURE_OPENAI_ENDPOINT, or give the base URL: https://RESOURCE.openai.azure.com
? 2
$ datebook generate --all --provider openai --model x --base-url ftp://example.com
! datebook: the base URL is neither https nor http
! hint: give it as in https://api.openai.com/v1 or http://localhost:8000/v1
? 3
$ datebook requests list --state wating
! datebook: no request is ever "wating"
! hint: did you mean waiting?
? 2
$ datebook requests list --job 0
! datebook: --job takes a whole number from 1, not "0"
! hint: `datebook requests list --help` shows how it is used
? 2
$ datebook requests list --rejected --state sent
! datebook: --rejected and --state exclude each other
! hint: `datebook requests list --help` shows how it is used
? 2
$ datebook requests list --rejected
no text was rejected

# A key is no argument, and no message repeats one.

$ datebook generate --all $model --key sk-secret
! datebook: a key is no argument: everybody on this machine could read it
! hint: put it into OPENAI_API_KEY or AZURE_OPENAI_API_KEY, or into a file for --key-file; the one just typed may be in the history of your shell
? 2
$ datebook generate --all $model --api-key=sk-secret
! datebook: a key is no argument: everybody on this machine could read it
! hint: put it into OPENAI_API_KEY or AZURE_OPENAI_API_KEY, or into a file for --key-file; the one just typed may be in the history of your shell
? 2
$ datebook generate --all $model --openai-key=sk-secret
! datebook: unknown option --openai-key
! hint: `datebook generate --help` lists the options
? 2
$ OPENAI_API_KEY='sk secret' datebook generate --all $model
! datebook: OPENAI_API_KEY: the key holds white space, which no key does
? 3
$ printf 'sk-secret\nsk-secret\n' > key; datebook generate --all $model --key-file key
! datebook: the key file key holds more than one line
! hint: put the key alone into the file
? 3

# Nothing was made.

$ datebook status
datebook.db at v1: 8 personas from the library
8 personas, 0 meetings, 0 labels
! next: datebook generate --all

# Very many meetings are estimated from a part of them, and nothing of it stays.

$ datebook generate --persona tier1_sales_manager_pipeline --count 2000 $model --estimate > some; datebook generate --persona tier1_sales_manager_pipeline --count 2000000 $model --estimate > many
$ head -n 1 many
2,000,000 meetings in 162,000 calls of x
$ cat some many | tr -d , | awk '/^about .* tokens/ { tokens[++n] = $2 } END { print tokens[2] / tokens[1] }'
1000
$ ls -s datebook.db* | awk '$1 > 4000'
