switch (format) {
case INT:   *(int *)ptr = value; break; // @int
case FLOAT: *(float *)ptr = value; break; // @float
case TEXT:  sprintf(ptr, "%d", value); break; // @text
}
