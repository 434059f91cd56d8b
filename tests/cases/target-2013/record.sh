# Target 2013, recorded afterwards from published sources.
#
# Each fact names its source in tests/cases/README.md (T1 to T22) and how well it is supported:
# A the primary document was read, B two or more independent pages agree, C one page.
# No time of day was published, so none is written.

# A day is a day where the company sits.
export TZ=America/Chicago

breach postmortem --new --playbook generic --as 'Case reviewer' --answers answers-opening.toml

# When it happened
breach fact set occurred 2013-11-12 --why 'T3, T4, confidence A: on or about this day, with a supplier log-in'
breach fact set first_loss 2013-11-27 --why 'T9, confidence A: first day of card theft'
breach fact set theft_from 2013-11-27 --why 'T9, confidence A'
breach fact set first_signal 2013-11-30 --why 'T10, T5, confidence B: first alert with a known date; press, unnamed sources'
breach fact set detected 2013-12-12 --why 'T11, T12, confidence A: the Department of Justice calls in the evening'
breach fact set how_noticed authority --why 'T11, T12, confidence A'
breach fact set declared_at unknown
breach fact set aware 2013-12-15 --by Target --role commander --why 'T11, T9b, confidence A: the breach is confirmed'
breach fact set contained_at 2013-12-15 --why 'T11, T9b, confidence A: malware removed from virtually all registers'
breach fact set containment_verified_at 2013-12-18 --why 'T14, T12, confidence B: 25 more registers, which had been disconnected'

# Three ends of the theft are on record
breach fact set theft_to 2013-12-15 --at 2013-12-19 --why 'T1, T12, confidence B: first statement; press releases of the states say the same'
breach fact set theft_to 2013-12-17 --at '2015-01-01 to 2015-12-31' --why 'T9, confidence A: quarterly report of 2015'
breach fact set theft_to 2013-12-18 --at 2014-02-04 --why 'T11, T14, confidence B: testimony, with the 25 registers'

# Who was told
breach fact set public_statement_at 2013-12-19 --why 'T1, T12, confidence B'
breach fact set people_told_from 2013-12-19 --why 'T1, T12, confidence B: by the public announcement'
breach fact set acquirer_told_at '2013-12-16 to 2013-12-17' --why 'T13, T1, confidence B: processors and card networks, begun'
breach fact set scope_grew_at 2014-01-10 --why 'T1, T15, confidence B: personal data of up to 70 million people, too'
breach fact set ruled_at 2015-08 --why 'T18, confidence C: the SEC ends its inquiry without action'
breach fact set rulings '"2015-08: up to USD 67 m for Visa issuers; the SEC ended its inquiry without action (T9, T18)", "2015-11-17: consumer class settlement of USD 10 m approved (T9b)", "2015-12-02: USD 39.4 m for banks (T19, T20)", "2017-05-23: USD 18.5 m to 47 states and DC (T3, T4)"' --why 'sources as named'
breach note --at 2017-05-23 'Settlement with 47 states and DC: USD 18.5 million (T3, T4, confidence A).'

# How many: cards, and people
breach fact set cards_affected 'about 40000000' --at 2013-12-19 --why 'T1, T12, confidence B: the company'
breach fact set cards_affected 'more than 41000000' --at 2017-05-23 --why 'T3, T4, confidence A: the states'
breach fact set records_affected 'more than 60000000' --at 2017-05-23 --why 'T3, T4, confidence A: contact records, by most of the states'
breach fact set persons_affected 'at most 70000000' --at 2014-01-10 --why 'T1, T15, confidence B: the company, personal data only'
breach fact set persons_affected 'about 98000000' --at 2014-03-26 --why 'T8, confidence C: derived from the overlap that the finance chief told'
breach fact set affected_groups '"about 40000000: payment cards, name and number", "at most 70000000: name, address, phone, mail"' --why 'T1, T15, confidence B: the company'
breach fact set groups_overlap 'about 12000000' --at 2014-03-26 --why 'T8, confidence C: finance chief, testimony'

# What it cost
breach fact set cost_so_far 'USD 61000000' --at '2013-10-01 to 2013-12-31' --why 'T22, confidence A: gross, fourth quarter of 2013'
breach fact set cost_so_far 'USD 290000000' --at 2015-11 --why 'T20, confidence B: about this sum, gross'
breach fact set cost_insured 'USD 90000000' --at 2015-11 --why 'T20, confidence B: about this sum'

# Two official numbers of the late registers
breach note --at 2014-02-04 'Testimony: malware on 25 more registers, which had been disconnected; fewer than 150 guests (T14, T12, confidence B).'
breach note --at '2014-01-01 to 2014-12-31' 'Annual report of 2013: one register and 56 guests, on 16 and 17 December (confidence B).'
breach note --at 2013-12-18 'A journalist publishes (T1, confidence C), six days after the notice of the authority.'
breach note --at 2014-03-26 'Senate committee, majority staff report: each missed chance (T16, confidence A).'

# Where: what the laws of today would ask of it is hypothetical
breach fact set people_affected 'US-DC at least 1, US-MI at least 1, US-NV at least 1' --why 'derived: their Attorneys General settled (T3, T4, confidence A); numbers by state were not published'
breach fact set data_access copied-confirmed --why 'T9, confidence A'
breach fact set controller_or_processor controller --why 'derived: its own customers'

breach postmortem --answers answers-post-mortem.toml
breach close --anyway --reason 'the case is told as far as it was published'
