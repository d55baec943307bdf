module com.example.modular {
    requires dev.rondo;
    requires dev.rondo.annotations;
    requires org.bytedeco.pytorch;

    provides dev.rondo.spi.CallbackIndex with
            com.example.modular.CallbackIndex_c8b13ad8;
}
