import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'

/** The taxonomy and rules incidents are classified by today. */
export function useClassification() {
  return useQuery({
    queryKey: ['incident-classification'],
    queryFn: ({ signal }) => api.grades.classification({}, signal),
    staleTime: 3_600_000,
  })
}

/** What is known for grading an incident, as of one version of it. */
export function useGrading(id: string, version: number) {
  return useQuery({
    queryKey: ['incidents', 'grading', id, version],
    queryFn: ({ signal }) => api.grades.grading({ params: { id } }, signal),
  })
}
