create_mailbox(mine, OWNED_BY_PROCESS); // @create
create_mailbox(empty, OWNED_BY_PROCESS);
create_mailbox(everyones, OWNED_BY_SYSTEM);
send(mine, message); send(everyones, message); // @fill
exit(0); /* here: killed */
