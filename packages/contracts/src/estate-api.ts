import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import {
  EstateStation,
  PlanDraft,
  PlanEntry,
  PlanProgress,
  UnitCode,
  UnitStations,
} from './estate.ts'
import { idOf } from './id.ts'
import { PageQuery, pageOf } from './page.ts'
import { SheetFormat } from './sheet-import.ts'

const exported = z.object({ format: SheetFormat, filter: PageQuery.shape.filter })

export const estateApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/v1/estate',
    permission: 'station.read',
    summary: 'List stations with coverage, rule sets, sources and inspections',
    query: PageQuery,
    reply: pageOf(EstateStation),
  }),
  units: endpoint({
    method: 'GET',
    path: '/api/v1/estate/units',
    permission: 'station.read',
    summary: 'Count stations by province and state',
    reply: z.object({ items: z.array(UnitStations) }),
  }),
  place: endpoint({
    method: 'POST',
    path: '/api/v1/estate/:id/unit',
    permission: 'station.manage',
    summary: 'Say in which province a station stands',
    params: z.object({ id: idOf('station') }),
    body: z.object({ unit: UnitCode }),
    reply: EstateStation,
  }),
  plan: endpoint({
    method: 'GET',
    path: '/api/v1/estate-plan',
    permission: 'station.read',
    summary: 'List who must have a station, by when, and how far that is',
    query: PageQuery,
    reply: pageOf(PlanEntry),
  }),
  progress: endpoint({
    method: 'GET',
    path: '/api/v1/estate-plan-progress',
    permission: 'station.read',
    summary: 'Count the estate plan by state, with the duties it follows',
    reply: PlanProgress,
  }),
  setPlan: endpoint({
    method: 'POST',
    path: '/api/v1/estate-plan/:id',
    permission: 'station.manage',
    summary: 'Plan the station of an organisation: stage, own due date, note',
    params: z.object({ id: idOf('organisation') }),
    body: PlanDraft,
    reply: PlanEntry,
  }),
  export: endpoint({
    method: 'GET',
    path: '/api/v1/estate-export',
    permission: 'station.read',
    reads: 'estate',
    summary: 'The stations a filter finds as a sheet',
    query: exported,
    reply: z.unknown(),
  }),
  exportPlan: endpoint({
    method: 'GET',
    path: '/api/v1/estate-plan-export',
    permission: 'station.read',
    reads: 'estate',
    summary: 'The entries of the estate plan a filter finds as a sheet',
    query: exported,
    reply: z.unknown(),
  }),
}
