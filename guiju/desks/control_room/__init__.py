"""The control room: who does which job, what is late, and what only the outlet manager may decide."""
