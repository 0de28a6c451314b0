import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Outlet, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useMemo, useState } from 'react'
import { sessionQuery } from '../api/session.ts'
import { LoadingPage } from '../components/states.tsx'
import { Toasts, undoLast } from '../components/toast.tsx'
import { useKeys } from '../keys/keyboard.ts'
import { activate, keptLanguage } from '../language/language.ts'
import { followLive } from '../live/live.ts'
import { createRenewal } from '../live/renew.ts'
import { BottomBar, Rail } from './rail.tsx'
import { TopBar } from './top-bar.tsx'

const loadPalette = () => import('./palette.tsx')
const Palette = lazy(async () => ({ default: (await loadPalette()).Palette }))
const KeySheet = lazy(async () => ({ default: (await import('./key-sheet.tsx')).KeySheet }))

/** Everything around a page, for those who are signed in. */
export function Shell() {
  const { data: me } = useSuspenseQuery(sessionQuery)
  const [over, setOver] = useState<'palette' | 'keys' | null>(null)
  usePaletteAhead()
  useLive(me.permissions.includes('live.read'))
  useOwnLanguage(me.person.language)
  useGlobalKeys(setOver)
  return (
    <div className="flex h-full flex-col md:flex-row">
      <Rail me={me} />
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <TopBar me={me} onPalette={() => setOver('palette')} onKeys={() => setOver('keys')} />
        <main id="main" className="min-h-0 flex-1">
          <Suspense fallback={<LoadingPage />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      <BottomBar me={me} />
      <Suspense fallback={null}>
        {over === 'palette' ? <Palette onClose={() => setOver(null)} /> : null}
        {over === 'keys' ? <KeySheet onClose={() => setOver(null)} /> : null}
      </Suspense>
      <Toasts />
    </div>
  )
}

/** Fetched while nobody waits, so that what is typed right after Ctrl-K lands in it. */
function usePaletteAhead(): void {
  useEffect(() => {
    const timer = setTimeout(() => void loadPalette(), 2000)
    return () => clearTimeout(timer)
  }, [])
}

function useLive(allowed: boolean): void {
  const client = useQueryClient()
  useEffect(() => {
    if (!allowed) return
    const stop = new AbortController()
    followLive(createRenewal(client), stop.signal)
    return () => stop.abort()
  }, [client, allowed])
}

/** The language of the account holds on a browser where none was chosen yet. */
function useOwnLanguage(language: 'vi' | 'en'): void {
  useEffect(() => {
    if (localStorage.getItem('haidang.language') === null && language !== keptLanguage()) {
      void activate(language)
    }
  }, [language])
}

function useGlobalKeys(setOver: (over: 'palette' | 'keys') => void): void {
  const navigate = useNavigate()
  const handlers = useMemo(
    () => ({
      palette: () => setOver('palette'),
      help: () => setOver('keys'),
      undo: () => void undoLast(),
      search: () => document.querySelector<HTMLInputElement>('[data-search]')?.focus(),
      'go-overview': () => void navigate({ to: '/' }),
      'go-work': () => void navigate({ to: '/my-work' }),
      'go-alerts': () => void navigate({ to: '/alerts' }),
      'go-events': () => void navigate({ to: '/events' }),
      'go-incidents': () => void navigate({ to: '/incidents' }),
      'go-orders': () => void navigate({ to: '/orders' }),
      'go-advisories': () => void navigate({ to: '/advisories' }),
      'go-stations': () => void navigate({ to: '/stations' }),
    }),
    [navigate, setOver],
  )
  useKeys(handlers)
}
