# What people mistype in a persona's archetypes and threads, and what they are
# told.

$ cat > p.json << '.'
> {"id": "p", "name": "P", "tier": 1, "archetypes": [
>  {"name": "read", "subjects": ["Reading"]},
>  {"name": "deal_review", "subject": ["Deal review"]}]}
> .
$ datebook persona lint p.json
! datebook: p.json: archetypes[1] "deal_review": subject: no such field; did you mean "subjects"?
? 3
$ sed -i 's/"subject":/"cadence": "yearly", "subjects":/' p.json; datebook persona lint p.json
! datebook: p.json: archetypes[1] "deal_review": cadence: must be one of daily, weekly, biweekly, monthly, not "yearly"
? 3
$ sed -i 's/"yearly"/"weekly", "minutes": [30, 33]/' p.json; datebook persona lint p.json
! datebook: p.json: archetypes[1] "deal_review": minutes: a duration is 5 to 480 minutes, in steps of 5, not 33
? 3
$ sed -i 's/33/35/; s/Deal review/{play}: review/' p.json; datebook persona lint p.json
! datebook: p.json: archetypes[1] "deal_review": subjects[0]: unknown placeholder {play}
! hint: docs/archetypes.md lists the placeholders; "words" may get a list "play"
? 3
$ sed -i 's/{play}: review/Review/; s/^{/{"threads": 3, /' p.json; datebook persona lint p.json
! datebook: p.json: threads: must be a list of objects, and is a number
? 3
$ sed -i 's/"threads": 3/"threads": [{"name": "tale", "about": ["{customer}"], "steps": [{"like": "read"}, {"like": "read"}]}]/' p.json
$ datebook persona lint p.json
! datebook: p.json: threads[0] "tale": about[0]: write "customer", without braces
? 3
$ sed -i 's/{customer}/play/' p.json; datebook persona lint p.json
! datebook: p.json: threads[0] "tale": about[0]: a thread cannot be about "play"
! hint: customer, contact, vendor, vendor_contact, candidate, peer, report, executive, quarter, month, or a word list
? 3
$ sed -i 's/play/customer/; s/}, {"like"/}, {"likes"/' p.json; datebook persona lint p.json
! datebook: p.json: threads[0] "tale": steps[1].likes: no such field; did you mean "like"?
? 3
