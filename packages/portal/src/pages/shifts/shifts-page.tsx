import { useLingui } from '@lingui/react/macro'
import { getRouteApi } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { gutter, Page, PageHead } from '../../components/page.tsx'
import { Tab, Tabs } from '../../components/tabs.tsx'
import { type ShiftTab, shiftTabs } from '../../search.ts'
import { DutyLine } from './duty-line.tsx'
import { HandoversTab } from './handovers-tab.tsx'
import { MyShift } from './my-shift.tsx'
import { RosterTab } from './roster-tab.tsx'
import { SwapsTab } from './swaps-tab.tsx'

const route = getRouteApi('/shell/shifts')

/** Who is on duty, who comes next, and what each of them has to do with it. */
export function ShiftsPage() {
  const { t } = useLingui()
  const { tab = 'mine' } = route.useSearch()
  const names: Record<ShiftTab, string> = {
    mine: t`Ca của tôi`,
    roster: t`Lịch trực`,
    handovers: t({ message: 'Bàn giao', context: 'tab' }),
    swaps: t`Đổi ca`,
  }
  const parts: Record<ShiftTab, ReactNode> = {
    mine: <MyShift />,
    roster: <RosterTab />,
    handovers: <HandoversTab />,
    swaps: <SwapsTab />,
  }
  return (
    <Page title={t`Trực ban`}>
      <PageHead title={t`Trực ban`} about={<DutyLine />} />
      <Tabs label={t`Phần`}>
        {shiftTabs.map((name) => (
          <Tab
            key={name}
            to="/shifts"
            search={name === 'mine' ? {} : { tab: name }}
            active={tab === name}
          >
            {names[name]}
          </Tab>
        ))}
      </Tabs>
      <div className={`py-4 pb-12 ${gutter}`}>{parts[tab]}</div>
    </Page>
  )
}
