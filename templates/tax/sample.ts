import { day, type Sample } from '#core';
import { baselineRow, by, filed, on, post, type ItemRow } from '../sample-rows.ts';

const ITEMS: readonly ItemRow[] = [
  { itemId: 'DB-2026-001', title: '上级交办涉税信息核查', leadUnit: '征管科', handler: '征管科经办', status: '已归档', category: '上级机关交办', form: '重要', receivedAt: on('2026-01-05'), deadlineSet: by('2026-01-12'), issuedAt: on('2026-01-05', 10), signedAt: on('2026-01-05', 15), submittedAt: on('2026-01-09', 16), result: '已核查并上报', evaluation: '符合要求' },
  { itemId: 'DB-2026-002', title: '年度税源摸底', leadUnit: '税源科', handler: '税源科经办', status: '已办结', category: '年初计划/专项', form: '一般', deadlineSet: by('2026-01-30'), issuedAt: on('2026-01-06'), signedAt: on('2026-01-06', 14), submittedAt: on('2026-01-29', 11), result: '摸底完成', evaluation: '符合要求' },
  { itemId: 'DB-2026-003', title: '办税服务厅排队整改', leadUnit: '纳服科', handler: '纳服科经办', status: '已办结', category: '局领导交办', form: '紧急', deadlineSet: by('2026-02-06'), issuedAt: on('2026-01-26'), signedAt: on('2026-01-26', 15), submittedAt: on('2026-02-09', 10), result: '已增设窗口', evaluation: '基本符合' },
  { itemId: 'DB-2026-004', title: '春节期间值班安排落实', leadUnit: '办公室', handler: '办公室经办', status: '已办结', category: '局会议决定', form: '一般', deadlineSet: by('2026-02-13'), issuedAt: on('2026-02-03'), signedAt: on('2026-02-03', 16), submittedAt: on('2026-02-12', 9), result: '已落实', evaluation: '符合要求' },
  { itemId: 'DB-2026-005', title: '政协提案答复:便民办税', leadUnit: '纳服科', handler: '纳服科经办', status: '办理中', category: '人大建议/政协提案', form: '重要', receivedAt: on('2026-03-05'), issuedAt: on('2026-03-05', 14), signedAt: on('2026-03-06'), progress: '已与提案人沟通,正在起草答复' },
  { itemId: 'DB-2026-006', title: '全市会议部署:风险应对', leadUnit: '征管科', handler: '征管科经办', status: '办理中', category: '全市(省)会议部署', form: '重要', deadlineSet: by('2026-03-17'), issuedAt: on('2026-03-02'), signedAt: on('2026-03-02', 15), progress: '已完成八成' },
  { itemId: 'DB-2026-007', title: '上级交办专项数据报送', leadUnit: '税源科', handler: '税源科经办', status: '办理中', category: '上级机关交办', form: '紧急', receivedAt: on('2026-03-02'), deadlineSet: by('2026-03-09'), issuedAt: on('2026-03-02', 11), signedAt: on('2026-03-02', 16), progress: '数据仍在核对' },
  { itemId: 'DB-2026-008', title: '企业走访问题清单整改', leadUnit: '纳服科', handler: '纳服科经办', status: '待审核', category: '局领导交办', form: '疑难', deadlineSet: by('2026-03-09'), issuedAt: on('2026-02-24'), signedAt: on('2026-02-25'), submittedAt: on('2026-03-12', 10), result: '清单问题已整改', defectCount: 2, badConsequence: '是' },
  { itemId: 'DB-2026-009', title: '发票管理检查', leadUnit: '征管科', handler: '征管科经办', status: '分管领导审核', category: '年初计划/专项', form: '一般', deadlineSet: by('2026-03-13'), issuedAt: on('2026-02-25'), signedAt: on('2026-02-25', 14), submittedAt: on('2026-03-11', 15), result: '检查完成,已形成报告' },
  { itemId: 'DB-2026-010', title: '政务信息公开整改', leadUnit: '办公室', handler: '办公室经办', status: '已退办', category: '局会议决定', form: '一般', deadlineSet: by('2026-03-10'), issuedAt: on('2026-02-26'), signedAt: on('2026-02-26', 15), submittedAt: on('2026-03-10', 11), result: '已整改', returnReason: '缺佐证材料', returnDue: by('2026-03-18') },
  { itemId: 'DB-2026-011', title: '跨部门协作机制建立', leadUnit: '税源科', handler: '税源科经办', status: '协调中', category: '局领导交办', form: '疑难', deadlineSet: by('2026-03-27'), issuedAt: on('2026-03-03'), signedAt: on('2026-03-03', 15), coUnits: '征管科、纳服科' },
  { itemId: 'DB-2026-012', title: '欠税清缴', leadUnit: '征管科', handler: '征管科经办', status: '办理中', category: '上级机关交办', form: '重要', receivedAt: on('2026-03-02'), deadlineSet: by('2026-03-09'), issuedAt: on('2026-03-02', 10), signedAt: on('2026-03-03'), progress: '已清缴六成,申请顺延' },
  { itemId: 'DB-2026-013', title: '年度绩效材料汇总', leadUnit: '办公室', handler: '办公室经办', status: '办理中', category: '其它', form: '一般', deadlineSet: by('2026-03-20'), issuedAt: on('2026-03-04'), signedAt: on('2026-03-04', 14), progress: '申请顺延待批' },
  { itemId: 'DB-2026-014', title: '专案协查', leadUnit: '税源科', handler: '税源科经办', dutyPerson: '税源科科长', status: '办理中', category: '上级机关交办', form: '重要', confidentiality: '保密', receivedAt: on('2026-03-10'), deadlineSet: by('2026-03-17'), issuedAt: on('2026-03-10', 11), signedAt: on('2026-03-10', 15) },
  { itemId: 'DB-2026-015', title: '新办纳税人辅导', leadUnit: '纳服科', status: '已下发', category: '年初计划/专项', form: '一般', deadlineSet: by('2026-04-10'), issuedAt: on('2026-03-13', 15) },
  { itemId: 'DB-2026-016', title: '局务会纪要事项', status: '待分办', category: '局会议决定', form: '一般' },
  { itemId: 'DB-2026-017', title: '系统升级保障', leadUnit: '办公室', status: '拟立项', category: '其它' },
  { itemId: 'DB-2026-018', title: '重复登记的事项', leadUnit: '征管科', status: '已撤销', category: '其它', deadlineSet: by('2026-03-12'), remark: '与 DB-2026-006 重复' },
  { itemId: 'DB-2026-019', title: '依次传办:土地税源比对', leadUnit: '征管科', handler: '征管科经办', handling: '依次传办', coUnits: '征管科、税源科', status: '办理中', category: '局会议决定', form: '一般', deadlineSet: by('2026-03-24'), issuedAt: on('2026-03-09'), signedAt: on('2026-03-09', 14) },
  { itemId: 'DB-2026-021', title: '出口退税资料审核', leadUnit: '税源科', handler: '税源科经办', coUnits: '征管科', status: '办理中', category: '局领导交办', form: '紧急', dispatchOpinion: '税源科主办', deadlineSet: by('2026-03-20'), issuedAt: on('2026-03-09'), signedAt: on('2026-03-09', 15) },
  { itemId: 'DB-2026-020', title: '年度长期事项:跨年清理', leadUnit: '税源科', handler: '税源科经办', status: '办理中', category: '年初计划/专项', form: '一般', deadlineSet: by('2027-01-15'), feedbackCycle: '每月', issuedAt: on('2026-03-05'), signedAt: on('2026-03-05', 16) },
];

/** 县税务局: an invented bureau whose table has been in use since the new year. */
export const taxSample: Sample = {
  organisation: '样例县税务局',
  today: day('2026-03-16'),
  rows: {
    units: ['征管科', '税源科', '纳服科', '办公室'].map((name) => ({ name, type: '科室', head: `${name}${name === '办公室' ? '主任' : '科长'}`, active: '是' })),
    people: [
      post('督办专员', '办公室', '督办专员、督办管理员', 'duban'),
      post('分管局领导', '', '局领导', 'leader'),
      ...[['征管科', 'zg'], ['税源科', 'sy'], ['纳服科', 'nf'], ['办公室', 'bgs']].flatMap(([unit, mailbox]) => [
        post(`${unit!}${unit === '办公室' ? '主任' : '科长'}`, unit!, '单位负责人', `${mailbox!}.head`),
        post(`${unit!}经办`, unit!, '承办人', mailbox!),
      ]),
    ],
    items: ITEMS,
    requests: [
      { requestId: 'SQ-2026-001', itemId: 'DB-2026-012', type: '延期', applicant: '征管科经办', appliedAt: on('2026-03-06'), reason: '两户企业资金月中到账', requestedLimit: by('2026-03-13'), approver1: '分管局领导', decision1: '同意', decidedAt1: on('2026-03-09', 16), grantedLimit: by('2026-03-13'), outcome: '已批准' },
      { requestId: 'SQ-2026-002', itemId: 'DB-2026-013', type: '延期', applicant: '办公室经办', appliedAt: on('2026-03-13', 15), reason: '等待上级口径', requestedLimit: by('2026-03-31') },
      { requestId: 'SQ-2026-003', itemId: 'DB-2026-015', type: '非职责退回', applicant: '纳服科科长', appliedAt: on('2026-03-16', 8), reason: '辅导归税源科负责', otherUnit: '税源科' },
      { requestId: 'SQ-2026-004', itemId: 'DB-2026-011', type: '协调', applicant: '税源科经办', appliedAt: on('2026-03-05'), reason: '三科分工不一', otherUnit: '征管科', approver1: '督办专员', decision1: '同意', decidedAt1: on('2026-03-06'), outcome: '已批准' },
      { requestId: 'SQ-2026-005', itemId: 'DB-2026-021', type: '分歧协调', applicant: '税源科经办', appliedAt: on('2026-03-12'), reason: '资料口径不一致', otherUnit: '征管科', bothReasons: '税源科:按户核;征管科:按单核。依据各为退税规程' },
      { requestId: 'SQ-2026-006', itemId: 'DB-2026-009', type: '办结', applicant: '征管科经办', appliedAt: on('2026-03-11', 15), reason: '检查完成', approver1: '督办专员', decision1: '同意', decidedAt1: on('2026-03-12') },
    ],
    feedback: [
      { feedbackId: 'FK-2026-001', itemId: 'DB-2026-009', at: on('2026-03-11', 14), by: '征管科经办', type: '结果', progress: '检查完成,已形成报告', headReviewed: '是', headReviewedAt: on('2026-03-11', 15) },
      { feedbackId: 'FK-2026-002', itemId: 'DB-2026-011', at: on('2026-03-10', 14), by: '征管科经办', type: '协办意见', progress: '同意牵头科意见' },
    ],
    inspections: [
      { inspectionId: 'DC-2026-001', date: day('2026-03-06'), unit: '税源科', itemId: 'DB-2026-007', form: '抽查', method: '电话', inspector: '督办专员', facts: '数据核对进度偏慢', opinion: '请增派人手' },
    ],
    bulletins: [
      { bulletinId: 'TB-2026-001', period: '2026-02', type: '即时通报', form: '文件', status: '已发送', signer: '分管局领导', publishedAt: on('2026-02-11'), subject: '关于办税服务厅排队整改超期的通报', body: '纳服科整改超期三天,予以通报批评。' },
    ],
    bulletinEntries: [{ bulletinId: 'TB-2026-001', unit: '纳服科', person: '纳服科科长', verdict: '批评', matter: '排队整改超期三天' }],
    archives: ITEMS.filter((item) => item.status === '已归档').map((item) => filed(item, '2026-01-16')),
    baseline: ITEMS.map((item) => baselineRow(item, on('2026-03-09'))),
  },
};
