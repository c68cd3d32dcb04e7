/* after fork(): a copy of the variable, at the same address */
printf("%d\n", variable); // @read
variable = 3; // @store
