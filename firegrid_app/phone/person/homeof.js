// Where a person begins after logging in. Who only waits for the training before the post (YB-31) begins
// where it is said, and where hazards are reported, not at the desk.
export const homeOf = ({ can_lead, can_record, training_first }) =>
  can_lead && !can_record && !training_first ? "/desk" : "/";
