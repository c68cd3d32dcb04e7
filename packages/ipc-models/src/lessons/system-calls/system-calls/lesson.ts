import { lesson } from '../../../lab/index.ts';
import { words } from './words.ts';

export const systemCalls = lesson({
  id: 'system-calls',
  statement: 5,
  needsLinux: true,
  needs: ['network', 'peers'],
  parameters: {},
  roles: ['caller'],
  answers: ['descriptor', 'address', 'name'],
  words,
});
