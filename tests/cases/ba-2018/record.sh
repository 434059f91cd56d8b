# British Airways 2018, recorded afterwards from published sources.
#
# Each fact names its source in tests/cases/README.md (B1 to B21) and how well it is supported:
# A the primary document was read, B two or more independent pages agree, C one page.
# The company gave British Summer Time; two moments are known to the minute, all others to the day.

# A day is a day where the company sits.
export TZ=Europe/London

breach postmortem --new --playbook generic --as 'Case reviewer' --answers answers-opening.toml

# When it happened: two stores, so two beginnings of the loss
breach fact set occurred 2018-06-22 --why 'B6, B7, B8, confidence B: through the remote access gateway'
breach fact set first_loss 2018-07-26 --why 'B1, confidence C: the card logs are found (store 1)'
breach fact set theft_from '2018-08-21 22:58 +01:00' --why 'B10, B11, confidence B: script on the payment page (store 2)'
breach fact set theft_to '2018-09-05 21:45 +01:00' --why 'B10, B11, B13, confidence B: end of the theft window, not the hour of the notice'
breach fact set first_signal unknown --why 'nothing earlier was published'
breach fact set detected 2018-09-05 --why 'B6, B12, confidence B: a third party tells the airline'
breach fact set how_noticed other --why 'B6, confidence B: by a third party, not named'
breach fact set declared_at unknown
breach fact set aware 2018-09-05 --by 'British Airways' --role commander --why 'B6, confidence B: found and contained on the day of the notice, by the ICO'
breach fact set contained_at 2018-09-05 --why 'B6, B12, confidence B: the same day'
breach fact set containment_verified_at unknown

# The law in force: the GDPR, as it applied in the United Kingdom until 2020
breach fact set home_country GB --why 'derived: airline of the United Kingdom'
breach fact set data_access copied-confirmed --why 'B6, B18, confidence B'
breach fact set entity_zone Europe/London --why 'derived: the company gave its times in British Summer Time (B10, B11)'
breach fact set controller_or_processor controller --why 'derived: its own customers'
breach fact set risk_level high-risk --by 'British Airways' --role commander --why 'derived: it told the people affected (B6, B8)'

# Who was told: the notice in time, then a second wave
breach duties sent uk-gdpr.33-1 --at 2018-09-06 --recipient 'Information Commissioner' --reference 'B6, B10, confidence B'
breach duties sent uk-gdpr.34 --at '2018-09-06 to 2018-09-07' --recipient 'customers, first wave' --reference 'B6, B8, confidence C' --sent 536116 --remaining 0
breach duties sent uk-gdpr.34 --at 2018-10-25 --what supplement --recipient 'customers, second wave: 77,000 cards with CVV, 108,000 without' --reference 'B3, B4, B15, confidence B'
breach fact set police_told_at 2018-09-06 --why 'B6, B10, B14, confidence B'
breach fact set people_told_from 2018-09-06 --why 'B6, B10, confidence B'
breach fact set people_told_to 2018-10-25 --why 'B3, B4, confidence B: second wave'
breach fact set public_statement_at 2018-09-06 --why 'B6, B10, B14, confidence B'
breach fact set scope_grew_at 2018-10-25 --why 'B3, B4, B15, confidence B: a second store, and fewer of the first'
breach fact set ruled_at 2020-10-16 --why 'B6, B7, B18, confidence B: penalty notice'
breach fact set fine_proposed 'GBP 183390000' --at 2019-07-08 --why 'B16, B17, confidence B: notice of intent'
breach fact set fine_imposed 'GBP 20000000' --at 2020-10-16 --why 'B6, B7, B18, confidence B: penalty notice'
breach fact set rulings '"2019-07-04, public on 2019-07-08: notice of intent, GBP 183.39 m (B16, B17)", "2020-10-16: penalty notice, GBP 20 m, Art. 5(1)(f) and 32 GDPR (B6, B7, B18)", "2021-07: group action settled, terms confidential, no admission (B19, B20)"' --why 'sources as named'

# How many: transactions, cards and people are three things
breach fact set transactions_affected 'about 380000' --at 2018-09-06 --why 'B10, B14, confidence B: the company, first estimate'
breach fact set transactions_affected 'about 244000' --at 2018-10-25 --why 'B3, B4, confidence B: the company; of the 380,000 these were affected'
breach fact set cards_affected 429420 --why 'B21, confidence C: unique cards, by evidence in the group action'
breach fact set persons_affected 'about 500000' --at 2019-07-08 --why 'B16, B17, confidence B: ICO, notice of intent'
breach fact set persons_affected 'about 429612' --at 2020-10-16 --why 'B6, B18, confidence B: ICO, penalty notice'
breach fact set affected_groups '"about 244000: name, address, card number and CVV", "about 77000: card number and CVV", "about 108000: card number only", "at most 612: user names and PINs of the loyalty club"' --why 'B6, B18, confidence B: ICO, penalty notice'
breach fact set groups_overlap 0 --why 'derived: the ICO adds the groups (B6, B18)'
breach fact set people_affected unknown --why 'nobody published where they live'

breach postmortem --answers answers-post-mortem.toml
breach close --anyway --reason 'the case is told as far as it was published'
