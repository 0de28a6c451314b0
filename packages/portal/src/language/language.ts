import { Language } from '@haidang/contracts/person'
import { i18n } from '@lingui/core'

const kept = 'haidang.language'

/** Vietnamese is the language of the source, so its catalogue ships with the entry; English is fetched when asked for. */
const catalogues = {
  vi: () => import('../catalogues/vi.po'),
  en: () => import('../catalogues/en.po'),
}

/** The language to start in: what was chosen here before, else Vietnamese. */
export function keptLanguage(): Language {
  return Language.safeParse(localStorage.getItem(kept)).data ?? 'vi'
}

/** Switches every text of the page to a language and remembers it in this browser. */
export async function activate(language: Language): Promise<void> {
  const { messages } = await catalogues[language]()
  i18n.load(language, messages)
  i18n.activate(language)
  localStorage.setItem(kept, language)
  document.documentElement.lang = language
}
