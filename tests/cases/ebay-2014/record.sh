# eBay 2014, recorded afterwards from published sources.
#
# Each fact names its source in tests/cases/README.md (E1 to E17) and how well it is supported:
# A the primary document was read, B two or more independent pages agree, C one page.
# Both ends of the time to detect were published as ranges only.

# A day is a day where the company sits.
export TZ=America/Los_Angeles

breach postmortem --new --playbook generic --as 'Case reviewer' --answers answers-opening.toml

# When it happened
breach fact set occurred '2014-02-20 to 2014-03-10' --why 'E1, E2, confidence A: published only as late February to early March'
breach fact set first_loss '2014-02-20 to 2014-03-10' --why 'E1, E2, confidence A: the database was copied in the same period'
breach fact set detected '2014-05-01 to 2014-05-10' --why 'E1, E3, confidence A: published as early May, about two weeks before 21 May'
breach fact set how_noticed own-staff --why 'E3, confidence B'
breach fact set first_signal unknown --why 'no earlier signal was published'
breach fact set declared_at unknown
breach fact set contained_at unknown --why 'the company only said that it was closed'
breach fact set containment_verified_at unknown
breach fact set theft_from unknown
breach fact set theft_to unknown

# Who was told
breach fact set police_told_at 2014-05 --why 'E3, E4, confidence B: FBI, no day published'
breach fact set public_statement_at 2014-05-21 --why 'E1, E6, confidence A'
breach fact set people_told_from 2014-05-21 --why 'E1, E7, confidence A: mails to so many take days; when the last went was not published'
breach note --at 2014-05-21 'An empty post with the headline stands on the PayPal blog and is pulled before the statement is out (E6, confidence C).'
breach note --at 2014-05-22 'Connecticut, Florida and Illinois open a joint inquiry; New York asks for free credit monitoring; authorities in the United Kingdom and Luxembourg look into it (E8, E9, E5, confidence B).'
breach fact set ruled_at 2015-05-04 --why 'E13, E14, confidence A: class action dismissed'
breach fact set rulings '"2014-07-23: class action filed, Green v. eBay (E11, E12)", "2015-05-04: dismissed, no standing, no misuse shown (E13, E14, confidence A)", "no penalty of an authority was found (confidence B, absence of evidence)"' --why 'sources as named'

# How many: nobody outside the company ever said
breach fact set user_accounts_affected 145000000 --at 2014-05-21 --why 'E2, E7: active buyers who were asked to reset, as told to the press; a user-base figure, never verified'
breach fact set user_accounts_affected unknown --why 'never verified by any authority; other first-day figures are 128 and 148 million users (E2, E15), commentators took all 233 million registered accounts (E5, E16)'
breach fact set persons_affected unknown --why 'E7: the company could not comment on how many'
breach fact set affected_groups none
breach fact set groups_overlap unknown

# Where: what the laws of today would ask of it is hypothetical
breach fact set people_affected 'US-CT at least 1, US-FL at least 1, US-IL at least 1, US-NY at least 1' --why 'derived: their Attorneys General acted (E8, E9, confidence B); numbers by state were not published'
breach fact set data_access copied-confirmed --why 'E1, confidence A'
breach fact set controller_or_processor controller --why 'derived: its own users'

breach postmortem --answers answers-post-mortem.toml
breach close --anyway --reason 'the case is told as far as it was published'
