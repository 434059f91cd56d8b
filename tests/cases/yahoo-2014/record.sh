# Yahoo 2014 (incident B), recorded afterwards from published sources. Not to be mixed with 2013.
#
# Each fact names its source in tests/cases/README.md (Y6 to Y24) and how well it is supported:
# A the primary document was read, B two or more independent pages agree, C one page.

# A day is a day where the company sits.
export TZ=America/Los_Angeles

breach postmortem --new --playbook generic --as 'Case reviewer' --answers answers-opening.toml

# When it happened
breach fact set occurred 2014-01 --why 'Y6, confidence A: the conspiracy begins, by the indictment'
breach fact set first_loss '2014-11-01 to 2014-12-31' --why 'Y7, Y8, Y9, confidence B: November by the ICO, December by the SEC'
breach fact set theft_from '2014-11-01 to 2014-12-31' --why 'Y7, Y8, Y9, confidence B'
breach fact set theft_to unknown
breach fact set detected 2014-12 --why 'Y8, Y10, Y11, confidence B: the security team and its head'
breach fact set how_noticed own-staff --why 'Y8, Y10, Y11, confidence B'
breach fact set first_signal unknown --why 'nothing earlier was published'
breach fact set declared_at unknown
breach fact set contained_at unknown
breach fact set containment_verified_at unknown
breach note --at 2014-12 'Senior management and legal are told; they look into it too little. Auditors and outside counsel are not told (Y10, Y12, confidence B).'

# Who was told, and who was told something else
breach fact set wrong_statement_at 2016-07-25 --why 'Y11, Y14, confidence B: the deal is filed with a statement that no significant breach was known'
breach note --at 2016-09-09 'A filing with the SEC again says so (Y15, confidence C).'
breach fact set public_statement_at 2016-09-22 --why 'Y11, Y12, confidence B'
breach fact set people_told_from 2016-09-22 --why 'Y11, Y12, confidence B: by the public statement'
breach fact set ruled_at 2018-04-24 --why 'Y7, Y10, confidence A: order of the SEC against Altaba'
breach fact set fine_imposed 'USD 35000000' --at 2018-04-24 --why 'Y7, Y10, confidence A: SEC'
breach fact set rulings '"2018-04-24: SEC order against Altaba, USD 35 m (Y7, Y10, confidence A)", "2018-06-12: ICO, GBP 250,000 on Yahoo! UK Services for 515,121 UK accounts, under the Act of 1998 (Y9, Y19, confidence B)", "2018-09: USD 80 m securities settlement (Y21)", "2019-01: USD 29 m derivative settlement approved (Y21, Y15)", "2020-07-21: USD 117.5 m consumer settlement approved, for 2012 to 2016 (Y22, confidence B)"' --why 'sources as named'
breach note --at 2018-06-12 'The ICO fines Yahoo! UK Services GBP 250,000 (Y9, Y19, confidence B).'

# How many
breach fact set user_accounts_affected 'at least 108000000' --at 2014-12 --why 'Y8, Y10, confidence B: internal count of the company; the source says users, possibly all'
breach fact set user_accounts_affected 'at least 500000000' --at 2016-09-22 --why 'Y11, Y12, confidence B: the company'
breach fact set persons_affected unknown --why 'accounts are not people'
breach fact set affected_groups '"at least 500000000: accounts worldwide, by the company", "515121: accounts in the United Kingdom, by the ICO", "about 32000000: accounts reached with forged cookies (Y13, Y14)"' --why 'confidence B'
breach fact set groups_overlap unknown --why 'the smaller groups lie within the first'
breach fact set data_access copied-confirmed --why 'Y8, Y10, confidence B'
breach fact set controller_or_processor controller --why 'derived: its own users'

breach postmortem --answers answers-post-mortem.toml
breach close --anyway --reason 'the case is told as far as it was published'
