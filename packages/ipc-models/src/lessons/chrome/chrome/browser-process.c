for (;;) { /* for each tab */
    if (receive(tab, &frame) == PEER_GONE) // @receive
        show_sad_tab(tab); /* and serve the others on */
    send(plugin, frame); // @forward
}
