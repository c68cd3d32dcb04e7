receive(empty, &message); /* waits when the owner dies */ // @wait
send(mailbox, message); // @send
