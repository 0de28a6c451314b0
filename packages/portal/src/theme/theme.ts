import { useSyncExternalStore } from 'react'

export type Theme = 'light' | 'dark' | 'contrast'
export const themes: readonly Theme[] = ['light', 'dark', 'contrast']

const changed = new EventTarget()

function current(): Theme {
  return themes.find((theme) => theme === document.documentElement.dataset['theme']) ?? 'light'
}

/** Switches the theme of the page and remembers it in this browser. */
export function setTheme(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme
  localStorage.setItem('haidang.theme', theme)
  changed.dispatchEvent(new Event('change'))
}

export function useTheme(): Theme {
  return useSyncExternalStore((notify) => {
    changed.addEventListener('change', notify)
    return () => changed.removeEventListener('change', notify)
  }, current)
}
