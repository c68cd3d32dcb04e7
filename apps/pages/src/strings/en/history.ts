export const history = {
  historyTitle: 'History',
  historyAbout: 'The pages you visited, kept on this machine alone: search them, delete them.',
  historySummary_one: '{{count}} visit, kept on this machine alone',
  historySummary_other: '{{count}} visits, kept on this machine alone',
  historyOff: 'Visits are not being kept now.',
  historyNone: 'No visits yet',
  historyNoneText: 'Pages of the web that you visit will be listed here.',
  historyNoMatch: 'No visit matches',
  historyNoMatchText: 'Change the words to see others.',
  searchHistory: 'Search titles and addresses',
  deleteVisit: 'Delete this visit',
  showMore: 'Show more',
} as const;
