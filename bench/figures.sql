-- What a person would write for the numbers of the first half of 2020 that the larger ledgers give, beside which the
-- program's figures are measured. "-- indicator" names the figure that each statement must agree with. r is the record
-- counted, so that its rows can be asked for by the same text.

-- week_square_attendees
SELECT sum(r.attendees) FROM l_event r
WHERE r.recorded_to IS NULL AND r.org = 1 AND r.end_on BETWEEN '2020-01-01' AND '2020-06-30'
  AND r.series = 'tech_week' AND r.form = 'square' AND r.state IN ('held', 'counts_entered', 'verified', 'archived');

-- week_boards
SELECT sum(r.boards) FROM l_event r
WHERE r.recorded_to IS NULL AND r.org = 1 AND r.end_on BETWEEN '2020-01-01' AND '2020-06-30'
  AND r.series = 'tech_week' AND r.form = 'square' AND r.state IN ('held', 'counts_entered', 'verified', 'archived');

-- week_instruments
SELECT sum(r.instruments) FROM l_event r
WHERE r.recorded_to IS NULL AND r.org = 1 AND r.end_on BETWEEN '2020-01-01' AND '2020-06-30'
  AND r.series = 'tech_week' AND r.form = 'square' AND r.state IN ('held', 'counts_entered', 'verified', 'archived');

-- week_consultations
SELECT sum(r.consultations) FROM l_event r
WHERE r.recorded_to IS NULL AND r.org = 1 AND r.end_on BETWEEN '2020-01-01' AND '2020-06-30'
  AND r.series = 'tech_week' AND r.form = 'square' AND r.state IN ('held', 'counts_entered', 'verified', 'archived');

-- week_clinic_visits
SELECT sum(r.clinic_visits) FROM l_event r
WHERE r.recorded_to IS NULL AND r.org = 1 AND r.end_on BETWEEN '2020-01-01' AND '2020-06-30'
  AND r.series = 'tech_week' AND r.form = 'square' AND r.state IN ('held', 'counts_entered', 'verified', 'archived');

-- week_leaflets
SELECT sum(r.leaflets) FROM l_event r
WHERE r.recorded_to IS NULL AND r.org = 1 AND r.end_on BETWEEN '2020-01-01' AND '2020-06-30'
  AND r.series = 'tech_week' AND r.form = 'square' AND r.state IN ('held', 'counts_entered', 'verified', 'archived');

-- museum_visitors
SELECT sum(r.attendees) FROM l_event r
WHERE r.recorded_to IS NULL AND r.org = 1 AND r.end_on BETWEEN '2020-01-01' AND '2020-06-30' AND r.in_week = 1
  AND r.series = 'mobile_museum' AND r.form = 'exhibition'
  AND r.state IN ('held', 'counts_entered', 'verified', 'archived');

-- museum_stop_visitors
SELECT sum(r.attendees) FROM l_event r
WHERE r.recorded_to IS NULL AND r.org = 1 AND r.end_on BETWEEN '2020-01-01' AND '2020-06-30'
  AND coalesce(r.in_week, 0) = 0 AND r.series = 'mobile_museum' AND r.form = 'exhibition'
  AND r.state IN ('held', 'counts_entered', 'verified', 'archived');

-- events_held
SELECT sum(r.sessions) FROM l_event r
WHERE r.recorded_to IS NULL AND r.org = 1 AND r.end_on BETWEEN '2020-01-01' AND '2020-06-30'
  AND r.state IN ('held', 'counts_entered', 'verified', 'archived');

-- event_attendees
SELECT sum(r.attendees) FROM l_event r
WHERE r.recorded_to IS NULL AND r.org = 1 AND r.end_on BETWEEN '2020-01-01' AND '2020-06-30'
  AND r.state IN ('held', 'counts_entered', 'verified', 'archived');

-- large_events
SELECT count(*) FROM l_event r
WHERE r.recorded_to IS NULL AND r.org = 1 AND r.end_on BETWEEN '2020-01-01' AND '2020-06-30' AND r.attendees >= 1000
  AND r.state IN ('held', 'counts_entered', 'verified', 'archived');

-- town_events
SELECT sum(r.sessions) FROM l_event r
WHERE r.recorded_to IS NULL AND r.org = 1 AND r.end_on BETWEEN '2020-01-01' AND '2020-06-30'
  AND r.level = 'town' AND r.state IN ('held', 'counts_entered', 'verified', 'archived');

-- village_training_villages
SELECT count(DISTINCT r.village) FROM l_training r
WHERE r.recorded_to IS NULL AND r.org = 1 AND r.end_on BETWEEN '2020-01-01' AND '2020-06-30'
  AND r.audience = 'villagers' AND r.commissioner IS NOT NULL
  AND r.state IN ('held', 'counts_entered', 'verified', 'archived');

-- village_training_sessions
SELECT count(*) FROM l_training r
WHERE r.recorded_to IS NULL AND r.org = 1 AND r.end_on BETWEEN '2020-01-01' AND '2020-06-30'
  AND r.audience = 'villagers' AND r.commissioner IS NOT NULL
  AND r.state IN ('held', 'counts_entered', 'verified', 'archived');

-- village_training_persons
SELECT sum(r.person_times) FROM l_training r
WHERE r.recorded_to IS NULL AND r.org = 1 AND r.end_on BETWEEN '2020-01-01' AND '2020-06-30'
  AND r.audience = 'villagers' AND r.commissioner IS NOT NULL
  AND r.state IN ('held', 'counts_entered', 'verified', 'archived');

-- commissioner_training_persons
SELECT sum(r.persons) FROM l_training r
WHERE r.recorded_to IS NULL AND r.org = 1 AND r.end_on BETWEEN '2020-01-01' AND '2020-06-30'
  AND r.audience = 'commissioners' AND r.state IN ('held', 'counts_entered', 'verified', 'archived');

-- trainings_held
SELECT count(*) FROM l_training r
WHERE r.recorded_to IS NULL AND r.org = 1 AND r.end_on BETWEEN '2020-01-01' AND '2020-06-30'
  AND r.state IN ('held', 'counts_entered', 'verified', 'archived');

-- training_person_times
SELECT sum(r.person_times) FROM l_training r
WHERE r.recorded_to IS NULL AND r.org = 1 AND r.end_on BETWEEN '2020-01-01' AND '2020-06-30'
  AND r.state IN ('held', 'counts_entered', 'verified', 'archived');

-- service_days
SELECT sum(r.service_days) FROM l_service_log r
WHERE r.recorded_to IS NULL AND r.org = 1 AND r.service_to BETWEEN '2020-01-01' AND '2020-06-30'
  AND r.state IN ('approved', 'evaluated');

-- service_logs
SELECT count(*) FROM l_service_log r
WHERE r.recorded_to IS NULL AND r.org = 1 AND r.service_to BETWEEN '2020-01-01' AND '2020-06-30'
  AND r.state IN ('approved', 'evaluated');

-- log_problems_solved
SELECT sum(r.problems_solved) FROM l_service_log r
WHERE r.recorded_to IS NULL AND r.org = 1 AND r.service_to BETWEEN '2020-01-01' AND '2020-06-30'
  AND r.state IN ('approved', 'evaluated');

-- log_farmers_trained
SELECT sum(r.farmers_trained) FROM l_service_log r
WHERE r.recorded_to IS NULL AND r.org = 1 AND r.service_to BETWEEN '2020-01-01' AND '2020-06-30'
  AND r.state IN ('approved', 'evaluated');

-- log_new_techniques
SELECT sum(r.new_techniques) FROM l_service_log r
WHERE r.recorded_to IS NULL AND r.org = 1 AND r.service_to BETWEEN '2020-01-01' AND '2020-06-30'
  AND r.state IN ('approved', 'evaluated');

-- log_new_varieties
SELECT sum(r.new_varieties) FROM l_service_log r
WHERE r.recorded_to IS NULL AND r.org = 1 AND r.service_to BETWEEN '2020-01-01' AND '2020-06-30'
  AND r.state IN ('approved', 'evaluated');

-- enterprises_visited
SELECT count(DISTINCT r.enterprise) FROM l_enterprise_visit r
WHERE r.recorded_to IS NULL AND r.org = 1 AND r.visited_on BETWEEN '2020-01-01' AND '2020-06-30';

-- enterprise_visits
SELECT count(*) FROM l_enterprise_visit r
WHERE r.recorded_to IS NULL AND r.org = 1 AND r.visited_on BETWEEN '2020-01-01' AND '2020-06-30';

-- achievements_registered
SELECT count(*) FROM l_achievement r
WHERE r.recorded_to IS NULL AND r.org = 1 AND r.registered_on BETWEEN '2020-01-01' AND '2020-06-30';

-- achievements_filed
SELECT count(*) FROM l_achievement r
WHERE r.recorded_to IS NULL AND r.org = 1 AND r.county_checked_on BETWEEN '2020-01-01' AND '2020-06-30';

-- achievements_transformed
SELECT count(*) FROM l_achievement r
WHERE r.recorded_to IS NULL AND r.org = 1 AND r.transformed_on BETWEEN '2020-01-01' AND '2020-06-30';

-- rewards_paid
SELECT sum(r.amount_paid) FROM l_reward_claim r
WHERE r.recorded_to IS NULL AND r.org = 1 AND r.paid_on BETWEEN '2020-01-01' AND '2020-06-30';
