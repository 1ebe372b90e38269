package dev.questline.lake;

import java.io.IOException;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.parquet.schema.MessageType;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Copies a Parquet file with the columns of another that has more, which are null in the copy. The values that are there
 * are copied as they stand, compressed and encoded.
 */
final class WiderCopy implements Function<Path, Path> {
    private static final ParquetProperties PROPERTIES =
            ParquetProperties.builder().withDictionaryEncoding(false).build();

    private final SerializableConfiguration conf;
    private final Path model;
    private final Path folder;

    /** Copies go to {@code folder}. */
    WiderCopy(Configuration conf, Path model, Path folder) {
        this.conf = new SerializableConfiguration(conf);
        this.model = model;
        this.folder = folder;
    }

    /** Where the copy is: under a name of its own, as Spark may run a task twice, even at the same time. */
    @Override
    public Path call(Path narrow) throws IOException {
        var copy = new Path(folder, UUID.randomUUID().toString());
        var columns = columnsOfModel();
        try (var reader = open(narrow);
                var from = HadoopInputFile.fromPath(narrow, conf.value()).newStream();
                var to = create(copy, columns.getSchema())) {
            to.start();
            for (var rowGroup : reader.getRowGroups()) {
                to.startBlock(rowGroup.getRowCount());
                append(rowGroup, columns.getSchema(), reader, from, to);
                to.endBlock();
            }
            to.end(columns.getKeyValueMetaData());
        }
        return copy;
    }

    private FileMetaData columnsOfModel() throws IOException {
        try (var reader = open(model)) {
            return reader.getFileMetaData();
        }
    }

    private ParquetFileReader open(Path file) throws IOException {
        return ParquetFileReader.open(HadoopInputFile.fromPath(file, conf.value()));
    }

    private ParquetFileWriter create(Path file, MessageType schema) throws IOException {
        return new ParquetFileWriter(
                HadoopOutputFile.fromPath(file, conf.value()),
                schema,
                ParquetFileWriter.Mode.CREATE,
                ParquetWriter.DEFAULT_BLOCK_SIZE,
                ParquetWriter.MAX_PADDING_SIZE_DEFAULT,
                null,
                PROPERTIES);
    }

    /** Parquet wants the columns of a row group in the order of the schema. */
    private static void append(
            BlockMetaData rowGroup,
            MessageType schema,
            ParquetFileReader reader,
            SeekableInputStream from,
            ParquetFileWriter to)
            throws IOException {
        var there = rowGroup.getColumns().stream().collect(Collectors.toMap(ColumnChunkMetaData::getPath, c -> c));
        for (var column : schema.getColumns()) {
            var chunk = there.get(ColumnPath.get(column.getPath()));
            if (chunk == null) {
                appendNulls(column, rowGroup.getRowCount(), to);
            } else {
                var filter = reader.readBloomFilter(chunk);
                to.appendColumnChunk(
                        column, from, chunk, filter, reader.readColumnIndex(chunk), reader.readOffsetIndex(chunk));
            }
        }
    }

    private static void appendNulls(ColumnDescriptor column, long rows, ParquetFileWriter to) throws IOException {
        var schema = new MessageType("nulls", column.getPrimitiveType());
        // Nothing is left to compress: a page of nulls is their number.
        CompressionCodecFactory.BytesInputCompressor plain = new CodecFactory(
                        new Configuration(false), PROPERTIES.getPageSizeThreshold())
                .getCompressor(CompressionCodecName.UNCOMPRESSED);
        var pages = new ColumnChunkPageWriteStore(
                plain, schema, PROPERTIES.getAllocator(), PROPERTIES.getColumnIndexTruncateLength());
        try (pages;
                var values = PROPERTIES.newColumnWriteStore(schema, pages)) {
            var nulls = values.getColumnWriter(column);
            for (var row = 0L; row < rows; row++) {
                nulls.writeNull(0, 0);
                values.endRecord();
            }
            values.flush();
            pages.flushToFileWriter(to);
        }
    }
}
