while (read_message(client, &call)) {
    /* the stub unpacks what was asked, calls it, and packs what it gives */
    if (call.procedure == SQUARE)
        reply(call.id, square(call.argument)); // @square
    else if (call.procedure == DOUBLE)
        reply(call.id, double_all(call.list)); // @double
    else
        reply(call.id, look_up(call.argument)); // @look-up
}
