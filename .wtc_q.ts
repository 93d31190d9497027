import { openPool, parseDatabaseUrl } from './src/db/client.ts';
import { countsByKey, pagesByKey } from './src/datasources/store/page.ts';
import { usersOf } from './src/datasources/store/users.ts';
import { userFacets } from './src/datasources/store/user-facets.ts';
import { activitySeries } from './src/datasources/store/activity-series.ts';
import { seriesPoints } from './src/policy/series-points.ts';
import { plansOf, words } from './test/support/plans.ts';
import { CROWD } from './test/support/crowd.ts';
const db=openPool({...parseDatabaseUrl('postgres://root@127.0.0.1:5432/postgres'), database:process.argv[2]??'zoom_wt_c_a'});
const only=process.argv[3];
const NOW=new Date();
const ago=(d:number)=>new Date(NOW.getTime()-d*864e5);
const K=CROWD.integrationId;
const sub=(await db.sql`select id from accounts where tier='SUB' order by id limit 1`)[0]!.id;
const cases: [string, any, any?][] = [
 ['none', null],
 ['dept eq', {department:{eq:'Department 77'}}],
 ['dept in', {department:{in:['Department 77','Department 99']}}],
 ['dept startsWith', {department:{startsWith:'department 39'}}],
 ['dept contains', {department:{contains:'ment 39'}}],
 ['dept ne', {department:{ne:'Department 77'}}],
 ['dept null', {department:{isNull:true}}],
 ['dept eq+inactive', {department:{eq:'Department 77'}, inactiveDays:{gte:60}}],
 ['manager eq', {managerEmail:{eq:'boss.4400@example.com'}}],
 ['version sw', {lastClientVersion:{startsWith:'6.3.1'}}],
 ['search', {search:'last77'}],
 ['search name', {search:'First5 Last1234'}],
 ['email eq', {email:{eq:'first5.last77@example.com'}}],
 ['email contains', {email:{contains:'st4321@'}}],
 ['inactive>=250', {inactiveDays:{gte:250}}],
 ['inactive>=290', {inactiveDays:{gte:290}}],
 ['inactive>=60', {inactiveDays:{gte:60}}],
 ['inactive>=60 by days desc', {inactiveDays:{gte:60}}, [{field:'INACTIVE_DAYS',direction:'DESC'}]],
 ['never', {neverActive:{eq:true}}],
 ['lastActivity null', {lastActivityAt:{isNull:true}}],
 ['by lastActivity', null, [{field:'LAST_ACTIVITY_AT',direction:'ASC'}]],
 ['by lastActivity desc', null, [{field:'LAST_ACTIVITY_AT',direction:'DESC'}]],
 ['by display name', null, [{field:'DISPLAY_NAME',direction:'ASC'}]],
 ['by dept desc, name', null, [{field:'DEPARTMENT',direction:'DESC'},{field:'DISPLAY_NAME',direction:'ASC'}]],
 ['by meetingsHosted', {status:{eq:'ACTIVE'}}, [{field:'MEETINGS_HOSTED',direction:'DESC'}]],
 ['status active', {status:{eq:'ACTIVE'}}],
 ['status pending', {status:{eq:'PENDING'}}],
 ['webinar enabled', {webinarEnabled:{eq:true}}],
 ['kind room', {kind:{eq:'ZOOM_ROOM'}}],
 ['meetings>38', {meetingsHosted:{gt:38}}],
 ['meetings>5+name contains', {meetingsHosted:{gt:5}, displayName:{contains:'st77'}}],
 ['group', {group:{eq:CROWD.group(40)}}],
 ['not group', {group:{ne:CROWD.group(0)}}],
 ['license', {license:{eq:CROWD.license('WEBINAR_500')}}],
 ['licenseUid', {licenseUniqueId:{startsWith:'webinar'}}],
 ['license big', {license:{eq:CROWD.license('LICENSED')}}],
 ['sub', {subAccount:{eq:sub}}],
 ['own', {subAccount:{isNull:true}}],
 ['or', {or:[{department:{eq:'Department 77'}},{managerEmail:{eq:'boss.4400@example.com'}}]}],
 ['or license', {or:[{license:{eq:CROWD.license('WEBINAR_500')}},{group:{eq:CROWD.group(40)}}]}],
 ['not', {not:{or:[{status:{eq:'ACTIVE'}},{department:{isNull:true}}]}}],
 ['removed', {removedAt:{gte:ago(1)}}],
 ['includeRemoved', {includeRemoved:true, type:{eq:'BASIC'}}],
];
const time=async(f:()=>Promise<any>)=>{const t:number[]=[];let r;for(let i=0;i<7;i++){const s=performance.now();r=await f();t.push(performance.now()-s);}t.sort((a,b)=>a-b);return [t[0]!,r] as const;};
for(const [name,filter,orderBy] of cases){ if(only&&!name.startsWith(only))continue;
 const src=usersOf('integration',{filter,orderBy},NOW);
 const [pt,[page]]=await time(()=>pagesByKey(db.sql,src,[K],{first:50},NOW)) as any;
 const [ct,[count]]=await time(()=>countsByKey(db.sql,src,[K])) as any;
 const {plans}=await plansOf(db,async()=>{await pagesByKey(db.sql,src,[K],{first:50},NOW);await countsByKey(db.sql,src,[K]);});
 const w=(p:any)=>words(p).filter((x:string)=>/Scan/.test(x)&&!/users_long|Function|pkey|unnest|Subquery/.test(x)).join(', ');
 console.log(name.padEnd(28),`page ${pt.toFixed(0)}`.padEnd(9),`count ${ct.toFixed(0)}`.padEnd(11),String(count).padEnd(7),w(plans[0]),' || ',w(plans[1]));
}
if(!only||only==='facets') for(const f of ['STATUS','DEPARTMENT','MANAGER_EMAIL','GROUP','SUB_ACCOUNT','LICENSE','LAST_CLIENT_VERSION','WOULD_BASIC_SUFFICE','MEETING_CAPACITY'] as const){
 const [t,r]=await time(()=>userFacets(db.sql,K,f,null,100,NOW));
 const {plans}=await plansOf(db,()=>userFacets(db.sql,K,f,null,100,NOW));
 console.log('facet',f,t.toFixed(0),r.totalUsers,r.facets.length,JSON.stringify(r.facets[0]).slice(0,150),words(plans[0]!).filter(x=>/Scan|Nested|Join/.test(x)).join(', '));
}
if(!only||only==='series') for(const s of [{},{department:'Department 7'},{groupId:CROWD.group(3)},{licenseId:CROWD.license('WEBINAR_500')},{licenseId:CROWD.license('LICENSED')}]) for (const by of ['DAY','MONTH'] as const){
 const pts=seriesPoints(by,ago(60).toISOString().slice(0,10),NOW.toISOString().slice(0,10))!;
 const [t,r]=await time(()=>activitySeries(db.sql,{integrationId:K,...s},pts));
 const {plans}=await plansOf(db,()=>activitySeries(db.sql,{integrationId:K,...s},pts));
 console.log('series',by,JSON.stringify(s),t.toFixed(0),r.length,JSON.stringify(r[0]).slice(0,100),words(plans[0]!).filter(x=>/Scan|Nested|Join/.test(x)).join(', '));
}
await db.close();
