"""What is done with invitations, people and questions: one function a verb."""
