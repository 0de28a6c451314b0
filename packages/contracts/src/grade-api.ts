import { z } from 'zod'
import { Answers, Classification, GradeSuggestion } from './classification.ts'
import { endpoint } from './endpoint.ts'
import { Again } from './factor.ts'
import { idOf } from './id.ts'
import { Incident, IncidentGrade } from './incident.ts'
import { Instant } from './instant.ts'
import { Severity } from './severity.ts'

const params = z.object({ id: idOf('incident') })

/** A decision on whether an incident is serious, with all it was taken on. */
export const GradeDecision = z.object({
  id: z.string(),
  decided_at: Instant,
  decided_by: z.string(),
  grade: IncidentGrade,
  suggestion: GradeSuggestion,
  answers: Answers,
  rules: z.string().describe('profile and version of the test'),
  reason: z.string(),
})
export type GradeDecision = z.infer<typeof GradeDecision>

/** What is known for grading an incident; the decision is a person’s. */
export const Grading = z.object({
  system: z
    .object({ id: idOf('system'), name: z.string(), level: z.int().nullable() })
    .nullable()
    .describe('the system most of its alerts are of, where the reader may see it'),
  severity: Severity.nullable().describe('by impact and level; null: no impact was told'),
  answers: Answers.describe('as decided last, else what the platform knows'),
  suggestion: GradeSuggestion,
  last: GradeDecision.nullable(),
})
export type Grading = z.infer<typeof Grading>

export const gradeApi = {
  classification: endpoint({
    method: 'GET',
    path: '/api/v1/incident-classification',
    permission: 'incident.read',
    summary: 'The taxonomy and the rules incidents are classified by today',
    reply: Classification,
  }),
  grading: endpoint({
    method: 'GET',
    path: '/api/v1/incidents/:id/grade',
    permission: 'incident.read',
    reads: 'incident',
    summary:
      'What is known for grading an incident: level, suggested severity, test of a serious one',
    params,
    reply: Grading,
  }),
  decide: endpoint({
    method: 'POST',
    path: '/api/v1/incidents/:id/grade',
    permission: 'incident.close',
    summary:
      'Decide whether an incident is serious, in one’s own name; signed in just now or with the password',
    params,
    body: z.object({
      grade: IncidentGrade,
      answers: Answers,
      reason: z.string().trim().min(3).max(4000),
      version: z.int().describe('refused if somebody changed it since this version'),
      password: Again,
    }),
    reply: Incident,
  }),
}
