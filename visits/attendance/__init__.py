"""Taking part in a visit: invitations, people and their places, questions taken along, who was there."""
