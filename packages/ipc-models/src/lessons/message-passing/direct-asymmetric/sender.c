for (int number = 1; number <= MESSAGES; number++)
    send(receiver, message); // @send
