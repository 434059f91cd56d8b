# Yahoo 2013 (incident A), recorded afterwards from published sources. Not to be mixed with 2014.
#
# Each fact names its source in tests/cases/README.md (Y1 to Y5) and how well it is supported:
# A the primary document was read, B two or more independent pages agree, C one page.

# A day is a day where the company sits.
export TZ=America/Los_Angeles

breach postmortem --new --playbook generic --as 'Case reviewer' --answers answers-opening.toml

# When it happened
breach fact set occurred unknown --why 'Y1, confidence A: the company could not identify the intrusion'
breach fact set first_loss 2013-08 --why 'Y1, Y2, confidence A'
breach fact set theft_from 2013-08 --why 'Y1, Y2, confidence A'
breach fact set theft_to unknown
breach fact set detected 2016-11 --why 'Y1, confidence A: law enforcement hands over files'
breach fact set how_noticed authority --why 'Y1, confidence A'
breach fact set first_signal unknown --why 'nothing earlier was published'
breach fact set declared_at unknown
breach fact set contained_at unknown --why 'the intrusion was never identified'
breach fact set containment_verified_at unknown

# Who was told
breach fact set public_statement_at 2016-12-14 --why 'Y1, Y3, confidence A'
breach fact set people_told_from 2016-12-14 --why 'Y1, Y3, confidence A: by the public statement'
breach fact set scope_grew_at 2017-10-03 --why 'Y2, Y4, confidence A: all accounts, further users mailed'

# How many
breach fact set user_accounts_affected 'more than 1000000000' --at 2016-12-14 --why 'Y1, Y3, confidence A: the company'
breach fact set user_accounts_affected 'about 3000000000' --at 2017-10-03 --why 'Y2, Y4, confidence A: the company; all accounts that existed in August 2013'
breach fact set persons_affected unknown --why 'accounts are not people'
breach fact set affected_groups none
breach fact set groups_overlap unknown
breach fact set data_access copied-confirmed --why 'Y1, Y2, confidence A'
breach fact set controller_or_processor controller --why 'derived: its own users'

breach postmortem --answers answers-post-mortem.toml
breach close --anyway --reason 'the case is told as far as it was published'
