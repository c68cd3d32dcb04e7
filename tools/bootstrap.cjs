'use strict';
// The first file of every command. It uses only the oldest syntax, so that any Node can parse it and name the Node
// needed.
var version = process.versions.node.split('.');
var major = Number(version[0]);
var minor = Number(version[1]);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error('bulkhead: Node 20.19.0 or later is needed, this is Node %s.', process.versions.node);
  console.error('  What to do: install a current Node from https://nodejs.org/ (or your distribution), and try again.');
  process.exit(1);
}
require('./bootstrap/load.cjs');
