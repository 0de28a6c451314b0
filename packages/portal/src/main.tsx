import { CSPProvider } from '@base-ui/react/csp-provider'
import { Tooltip } from '@base-ui/react/tooltip'
import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './main.css'
import { queryClient } from './api/query-client.ts'
import { listenToKeys } from './keys/keyboard.ts'
import { activate, keptLanguage } from './language/language.ts'
import { router } from './router.tsx'

const chosen = localStorage.getItem('haidang.language')
await activate(keptLanguage())
// A default is no choice: the account's own language may still come and be kept.
if (chosen === null) localStorage.removeItem('haidang.language')
listenToKeys()

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <CSPProvider disableStyleElements>
        <I18nProvider i18n={i18n}>
          <QueryClientProvider client={queryClient}>
            <Tooltip.Provider>
              <RouterProvider router={router} />
            </Tooltip.Provider>
          </QueryClientProvider>
        </I18nProvider>
      </CSPProvider>
    </StrictMode>,
  )
}
