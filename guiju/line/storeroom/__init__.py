"""The storeroom of an outlet: parts asked for by a job, answered, issued, taken back; old parts accounted for."""
