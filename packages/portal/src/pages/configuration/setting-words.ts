import { SettingName } from '@haidang/contracts/directed-configuration'
import type { StationSettings } from '@haidang/contracts/station-configuration'
import { useLingui } from '@lingui/react/macro'
import { useWords } from '../../language/use-words.ts'

/** The words for a setting; one this version does not know keeps its name. */
export function useSettingName(): (name: string) => string {
  const { label } = useWords()
  return (name) => {
    const known = SettingName.safeParse(name)
    return known.success ? label('settingName', known.data) : name
  }
}

/** What is set, in one line. */
export function useInShort(): (settings: StationSettings) => string {
  const { t } = useLingui()
  return ({ calendar = [], regulations = [], heartbeat_seconds, silence_seconds }) => {
    const profiles = (all: typeof calendar) =>
      all.map(({ profile, version }) => t`${profile} bản ${version}`).join(', ')
    const parts = [
      calendar.length > 0 ? t`lịch ${profiles(calendar)}` : '',
      regulations.length > 0 ? t`quy định ${profiles(regulations)}` : '',
      heartbeat_seconds ? t`nhịp báo ${heartbeat_seconds} giây` : '',
      silence_seconds ? t`im lặng sau ${silence_seconds} giây` : '',
    ].filter(Boolean)
    return parts.length > 0 ? parts.join(' · ') : t`không đặt gì`
  }
}
