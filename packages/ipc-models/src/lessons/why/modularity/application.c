for (int i = 0; i < MODULES; i++)
    if (call(module[i], document, &result) == -1) // @ask
        do_without(module[i]); // @without
