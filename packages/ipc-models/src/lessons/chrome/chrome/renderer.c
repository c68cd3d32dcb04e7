while (true) {
    paint(page); // @paint
    send(browser, frame); // @send
}
