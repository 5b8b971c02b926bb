-- Nothing looks for events by it: an outcome has the request_id of its admission, and that index stays.
drop index audit.event_by_admission;
