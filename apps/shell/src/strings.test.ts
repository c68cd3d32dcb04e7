import { testStrings } from '@bulkhead/ui/testing';
import { en } from './strings/en.ts';
import { ko } from './strings/ko.ts';

testStrings({ en, ko }, import.meta.dirname);
