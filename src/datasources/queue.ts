import { PgBoss, fromDrizzle } from 'pg-boss';
import { sql as drizzleSql } from 'drizzle-orm';
