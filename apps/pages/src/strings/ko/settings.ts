import type { Translated } from '@bulkhead/ui/strings';
import type { settings as english } from '../en/settings.ts';

export const settings: Translated<typeof english> = {
  settingsTitle: '설정',
  settingsAbout: '모양, 언어, 보관할 것, 그리고 탭이 쓸 수 있는 메모리를 정합니다.',
  settingsDamaged:
    '설정 파일을 읽을 수 없어 기본값을 사용합니다. 처음 변경할 때 그 파일은 프로필에 settings.json.unread로 따로 남겨 둡니다.',
  settingsUnsaved: '설정이 적용되었지만 저장할 수 없습니다: {{reason}}',
  settingTheme: '테마',
  settingThemeText: '인터페이스와, 두 테마를 모두 지원하는 페이지에 적용됩니다.',
  asSystem: '시스템 설정에 따름',
  themeLight: '밝게',
  themeDark: '어둡게',
  settingLanguage: '언어',
  settingLanguageText: '인터페이스에 적용됩니다. 웹 페이지에는 계속 시스템 언어를 알려 줍니다.',
  settingSession: '시작할 때 지난 세션의 탭 열기',
  settingSessionText: '비정상적으로 끝난 세션의 탭은 이 설정과 관계없이 다시 열립니다.',
  memoryLimit: '탭의 메모리 한도',
  memoryLimitText: '더 많이 쓰는 탭은 종료되고 메모리가 부족하다고 표시됩니다.',
  memoryLimitDefault: '이 기기 메모리의 4분의 1 ({{limit}})',
  settingHistory: '방문 기록 보관',
  settingHistoryText: '이 기기의 프로필에만 보관됩니다.',
  settingCrashReports: '비정상 종료 보고서 보관',
  settingCrashReportsText: '최근 50개를 이 기기에만, 페이지 주소 없이 보관합니다.',
  settingPopups: '팝업을 열 수 있는 사이트',
  settingPopupsText: '클릭하지 않아도 탭을 열 수 있습니다. 목록에서 삭제한 사이트의 팝업은 다시 차단됩니다.',
  settingPopupsNone: '없습니다. 팝업이 차단되면 페이지 위쪽 알림줄에서 그 사이트를 허용할 수 있습니다.',
  popupSiteForget: '삭제',
  popupSiteForgetOf: '{{site}} 삭제',
  showKept: '보관된 내용 보기',
};
