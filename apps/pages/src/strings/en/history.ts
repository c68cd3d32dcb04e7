export const history = {
  historyTitle: 'History',
  historyAbout: 'The pages that you visited. The history stays on this machine.',
  historySummary_one: '{{count}} visit, on this machine only',
  historySummary_other: '{{count}} visits, on this machine only',
  historyOff: 'New visits are not kept.',
  historyNone: 'No visits yet',
  historyNoneText: 'Web pages that you visit appear here.',
  historyNoMatch: 'No visit matches',
  historyNoMatchText: 'Try other words.',
  searchHistory: 'Search titles and addresses',
  deleteVisit: 'Delete this visit',
  showMore: 'Show more',
} as const;
