-- What a person would write for a number of the first half of 2020, beside which the program's figures are measured.
-- "-- indicator" names the figure that each statement must agree with. r is the record counted, so that its rows can
-- be asked for by the same text.

-- week_square_attendees
SELECT sum(r.attendees) FROM l_event r
WHERE r.recorded_to IS NULL AND r.org = 1 AND r.end_on BETWEEN '2020-01-01' AND '2020-06-30'
  AND r.series = 'tech_week' AND r.form = 'square' AND r.state IN ('held', 'counts_entered', 'verified', 'archived');

-- museum_visitors
SELECT sum(r.attendees) FROM l_event r
WHERE r.recorded_to IS NULL AND r.org = 1 AND r.end_on BETWEEN '2020-01-01' AND '2020-06-30' AND r.in_week = 1
  AND r.series = 'mobile_museum' AND r.form = 'exhibition' AND r.state IN ('held', 'counts_entered', 'verified', 'archived');

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

-- village_training_villages
SELECT count(DISTINCT r.village) FROM l_training r
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

-- service_days
SELECT sum(r.service_days) FROM l_service_log r
WHERE r.recorded_to IS NULL AND r.org = 1 AND r.service_to BETWEEN '2020-01-01' AND '2020-06-30'
  AND r.state IN ('approved', 'evaluated');

-- enterprises_visited
SELECT count(DISTINCT r.enterprise) FROM l_enterprise_visit r
WHERE r.recorded_to IS NULL AND r.org = 1 AND r.visited_on BETWEEN '2020-01-01' AND '2020-06-30';

-- achievements_registered
SELECT count(*) FROM l_achievement r
WHERE r.recorded_to IS NULL AND r.org = 1 AND r.registered_on BETWEEN '2020-01-01' AND '2020-06-30';

-- rewards_paid
SELECT sum(r.amount_paid) FROM l_reward_claim r
WHERE r.recorded_to IS NULL AND r.org = 1 AND r.paid_on BETWEEN '2020-01-01' AND '2020-06-30';
