import type { Policy } from '#core';

/** Articles 3 and 6: who the group is, how closely items are followed, and what their files hold. */
export const companyAppraisal = {
  scores: [],
  inspections: {
    clause: 'company-6.5b', group: ['督查组组长', '督查组成员', '联络员', '督办专员'],
    methods: { clause: 'company-6.5b', values: ['电话', '现场', '会议', '上门'] },
  },
  tracks: [
    { clause: 'company-6.5d', when: { forms: ['重大'] }, level: '集中督办' },
    { clause: 'company-6.5d', when: { forms: ['紧急'] }, level: '跟踪督办' },
    { clause: 'company-6.5d', when: { forms: ['全年'] }, level: '分阶段督办' },
  ],
  staffing: [
    { clause: 'company-3', role: '督查组组长', min: 1 },
    { clause: 'company-3', role: '督查组成员', min: 7 },
    { clause: 'company-3', role: '联络员', min: 1 },
  ],
  archive: { clause: 'company-6.8', required: ['handling'], optional: ['instructions', 'originals', 'investigation', 'correspondence'] },
} as const satisfies Partial<Policy>;
